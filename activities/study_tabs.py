"""Hours and posts on the page of an organization and on that of a member."""

from decimal import Decimal
from typing import Any

from activities.models import AppraisalResult, MemberPost
from activities.states import VIEW
from activities.study import day_of_year, members_of, studies
from core.dates import today
from core.templatetags.ui import day as shown_day
from members.member_card import HistoryTable
from members.models import PartyMember, Person, TrainingAttendance
from members.tabs import MemberTab
from members.tabs import register_tab as register_member_tab
from organizations.tabs import Tab, Visit, register_tab

KEY, LABEL = "study", "学习和岗位"
YEARS = 2
SHOWN = 20


def register() -> None:
    """Called once when the apps are ready."""
    register_tab(Tab(KEY, LABEL, "activities/_study.html", _of_organization, VIEW, order=45))
    register_member_tab(
        MemberTab(KEY, LABEL, "members/_member_tables.html", _of_member, VIEW, order=30)
    )


def _of_organization(visit: Visit) -> dict[str, Any]:
    own = members_of([visit.organization.pk], visit.day).get(visit.organization.pk, [])
    found = studies(own, visit.day)
    people = Person.objects.filter(pk__in=own).select_related("party_member")
    posts = MemberPost.objects.filter(organization=visit.organization).as_of(visit.day)
    return {
        "studies": [(one, found[one.pk]) for one in people.order_by("search_key", "pk")],
        "short": sum(1 for one in found.values() if one.missing),
        "member_posts": posts.select_related("person").order_by("kind", "name", "pk"),
        "year": visit.day.year,
    }


def _of_member(user: Any, member: PartyMember) -> dict[str, Any]:
    return {"tables": member_tables(member.person)}


def member_tables(person: Person) -> list[HistoryTable]:
    """The hours of this year and the last, classes, posts, results of appraisals."""
    grades = AppraisalResult.objects.filter(person=person).order_by("-year")
    return [
        HistoryTable(
            "学时",
            ("年度", "参加培训班（次）", "培训班学时", "会议学时", "合计", "要求", "还差"),
            [_hours_of(person, year) for year in range(today().year, today().year - YEARS, -1)],
        ),
        _classes(person),
        _posts(person),
        HistoryTable(
            "民主评议结果",
            ("年度", "等次"),
            [(f"{one.year}年", one.get_grade_display()) for one in grades],
        ),
    ]


def _classes(person: Person) -> HistoryTable:
    rows = TrainingAttendance.objects.filter(person=person).select_related("training")
    return HistoryTable(
        "参加的培训班",
        ("培训班", "层级", "结业日期", "学时", "结业证书编号"),
        [
            (
                one.training,
                one.training.get_level_display(),
                shown_day(one.training.ends_on),
                plain(one.hours),
                one.certificate,
            )
            for one in rows.order_by("-training__ends_on", "-pk")[:SHOWN]
        ],
    )


def _posts(person: Person) -> HistoryTable:
    rows = MemberPost.objects.filter(person=person).select_related("organization")
    return HistoryTable(
        "党员岗",
        ("类别", "岗位名称", "党组织", "上岗日期", "离岗日期"),
        [
            (
                one.get_kind_display(),
                one.name,
                one.organization,
                shown_day(one.valid_from),
                shown_day(one.valid_to),
            )
            for one in rows.order_by("-valid_from", "-pk")[:SHOWN]
        ],
    )


def plain(hours: Decimal) -> str:
    """Without zeros that say nothing."""
    return f"{hours.normalize():f}"


def _hours_of(person: Person, year: int) -> tuple[object, ...]:
    one = studies([person.pk], day_of_year(year, today()))[person.pk]
    numbers = (one.classes, one.meetings, one.hours, Decimal(one.asked), one.missing)
    return (f"{year}年", one.times, *map(plain, numbers))
