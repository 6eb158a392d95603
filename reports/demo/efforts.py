"""Posts of members, suggestions, a class and joint meetings of the demonstration county."""

from datetime import date, time, timedelta
from decimal import Decimal

from activities.models import (
    Activity,
    ActivityDecision,
    ActivityKind,
    ActivityState,
    MemberPost,
    MemberPostKind,
    Suggestion,
    SuggestionAnswer,
)
from enterprises.models import CoverageLink
from members.models import (
    LeadershipPost,
    Membership,
    PostKind,
    Training,
    TrainingAttendance,
)
from organizations.models import PartyOrganization
from reports.demo.county import County

POSTS = (
    (MemberPostKind.AREA, "一车间安全生产责任区"),
    (MemberPostKind.AREA, "一车间安全生产责任区"),
    (MemberPostKind.VANGUARD, "焊接工序先锋岗"),
    (MemberPostKind.MODEL, "质检示范岗"),
    (MemberPostKind.PROJECT, "降低废品率攻关项目"),
)
IDEAS = (
    ("烘干工序余热用于车间取暖", SuggestionAnswer.ADOPTED, "已改造一条管路，十月起使用"),
    ("错峰安排物料进厂，减少等待", SuggestionAnswer.ADOPTED, "已调整进厂时间"),
    ("增设夜班通勤车", SuggestionAnswer.DECLINED, "乘车人数不足，暂不增设"),
    ("在食堂设置职工意见箱", "", ""),
)
HOURS = Decimal(8)  # of the class
MONTHS = (3, 6, 11)  # of joint meetings; the third quarter has none


def store_efforts(county: County, branches: list[PartyOrganization], day: date) -> None:
    held: dict[int, list[int]] = {}
    rows = Membership.objects.as_of(day).filter(organization__in=branches).order_by("pk")
    for organization, person in rows.values_list("organization", "member__person"):
        held.setdefault(organization, []).append(person)
    since = day - timedelta(days=200)
    MemberPost.objects.bulk_create(
        MemberPost(
            organization_id=organization, person_id=person, kind=kind, name=name, valid_from=since
        )
        for organization, people in held.items()
        for person, (kind, name) in zip(people, POSTS, strict=False)
    )
    _store_suggestions(branches, day)
    _store_class(branches[-1], held.get(branches[-1].pk, []), day)
    _store_joint_meetings(county.committee, day)


def _store_suggestions(branches: list[PartyOrganization], day: date) -> None:
    first = date(day.year, 1, 1)
    made_on = max(first, day - timedelta(days=90))
    links = CoverageLink.objects.as_of(day).filter(organization__in=branches).order_by("pk")
    firms = dict(links.values_list("organization", "enterprise"))
    Suggestion.objects.bulk_create(
        Suggestion(
            organization=branch,
            enterprise_id=firms.get(branch.pk),
            proposer="生产班组党员",
            made_on=made_on,
            text=text,
            answer=answer,
            answered_on=day if answer else None,
            outcome=outcome,
        )
        for number, branch in enumerate(branches)
        for text, answer, outcome in IDEAS[number % 2 :: 2]
    )


def _store_class(branch: PartyOrganization, people: list[int], day: date) -> None:
    on = max(date(day.year, 1, 1), day - timedelta(days=40))
    training = Training.objects.create(
        name=f"{day.year}年党员集中培训",
        organization=branch,
        level=Training.Level.BRANCH,
        audience=Training.Audience.MEMBERS,
        starts_on=on,
        ends_on=on,
        hours=HOURS,
        place="党员活动室",
        topics="党的创新理论、安全生产",
    )
    TrainingAttendance.objects.bulk_create(
        TrainingAttendance(training=training, person_id=person, hours=HOURS) for person in people
    )


def _store_joint_meetings(committee: PartyOrganization, day: date) -> None:
    kind = ActivityKind.objects.get(key="joint_meeting")
    posts = LeadershipPost.objects.as_of(day).filter(kind=PostKind.SECRETARY)
    owner = posts.order_by("pk").values_list("person", flat=True)[0]
    for month in MONTHS:
        on = date(day.year, month, 18)
        if on > day:
            break
        meeting = Activity.objects.create(
            organization=committee,
            title="非公企业党建工作联席会议",
            held_on=on,
            held_from=time(9),
            held_to=time(11),
            place="县委会议室",
            guests="成员单位负责人、乡镇和园区党委负责人",
            content="通报上季度工作，研究应建未建企业组建和书记培训。",
            recorded_on=on,
            state=ActivityState.ACCEPTED,
        )
        meeting.kinds.add(kind)
        ActivityDecision.objects.create(
            activity=meeting,
            text="各乡镇、园区逐企核实应建未建情况",
            owner_id=owner,
            due_on=on + timedelta(days=30),
            done_on=min(day, on + timedelta(days=25)),
            outcome="已核实并更新台账",
        )
