"""What the page and the printed card say of one member, masked by what stands beside it."""

from dataclasses import dataclass
from typing import Any

from core import reveal
from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.masking import Sensitive, mask
from core.templatetags.ui import day
from members.models import LeadershipPost, Membership, PartyMember, Person, PostState
from members.services.persons import SHOWN
from members.standing import full_years
from members.tabs import MemberTab, register_tab

KINDS = {
    "citizen_id": Sensitive.CITIZEN_ID,
    "phone": Sensitive.PHONE,
    "home_address": Sensitive.SECRET,
}


@dataclass(frozen=True)
class HistoryTable:
    title: str
    headers: tuple[str, ...]
    rows: list[tuple[object, ...]]


def register() -> None:
    register_tab(MemberTab("facts", "基本情况", "generic/_facts.html", _facts, order=0))
    register_tab(
        MemberTab("history", "组织关系和职务", "members/_member_tables.html", _tables, order=10)
    )
    register_tab(MemberTab("log", "变更记录", "generic/_history.html", _log, order=90))


def _facts(user: Any, member: PartyMember) -> dict[str, Any]:
    return {"groups": card_groups(user, member)}


def _tables(user: Any, member: PartyMember) -> dict[str, Any]:
    return {"tables": history_rows(member)}


def _log(user: Any, member: PartyMember) -> dict[str, Any]:
    return {"history": history_of(member, user=user)}


def card_groups(user: Any, member: PartyMember) -> list[FactGroup]:
    """Without a user nothing leads to whole numbers: paper has no links."""
    person, now = member.person, today()
    return [
        FactGroup("党员情况", _of_member(member)),
        FactGroup(
            "个人情况",
            (
                Fact("姓名", person.name),
                Fact("性别", person.get_sex_display()),
                Fact("出生日期", person.born_on),
                Fact("年龄", person.born_on and full_years(person.born_on, now)),
                Fact("民族", person.get_ethnicity_display()),
                Fact("籍贯", person.native_place),
                Fact("婚姻状况", person.get_marital_status_display()),
                Fact("是否台湾省籍", person.is_taiwanese),
                Fact("身份证号", _number(user, person, "citizen_id")),
                Fact("联系电话", _number(user, person, "phone"), wide=True),
                Fact("家庭住址", _number(user, person, "home_address"), wide=True),
            ),
        ),
        FactGroup("学习和工作", _of_work(person)),
    ]


def _of_member(member: PartyMember) -> tuple[Fact, ...]:
    years = member.confirmed_on and full_years(member.confirmed_on, today())
    return (
        Fact("党员类别", member.get_category_display()),
        Fact("党籍状态", member.get_standing_display()),
        Fact("入党时间", member.accepted_on),
        Fact("转正时间", member.confirmed_on),
        Fact("党龄（年）", years),
        Fact("预备期满日期", member.probation_until if not member.confirmed_on else None),
        Fact("所在党组织", str(member.person.home_organization), wide=True),
        Fact("组织关系所在", member.get_relation_place_display()),
        Fact("组织关系所在单位", member.relation_unit),
        Fact("党员档案所在单位", member.archive_unit),
        Fact("备注", member.remark, wide=True),
    )


def _of_work(person: Person) -> tuple[Fact, ...]:
    return (
        Fact("学历", person.get_education_display()),
        Fact("毕业院校", person.school),
        Fact("参加工作日期", person.started_work_on),
        Fact("工作单位及职务", person.position),
        Fact("技术职称", person.title),
        Fact("工作岗位", person.get_job_class_display()),
        Fact("新社会阶层类型", person.get_new_stratum_display()),
        Fact("是否农民工", person.is_migrant_worker),
        Fact("生活困难", person.is_in_hardship),
    )


def _number(user: Any, person: Person, name: str) -> object:
    if user is None:
        return mask(KINDS[name], getattr(person, name) or "", SHOWN)
    return reveal.masked(user, person, name)


def history_rows(member: PartyMember) -> list[HistoryTable]:
    person = member.person
    held = Membership.objects.filter(member=member).select_related("organization")
    posts = LeadershipPost.objects.filter(person=person, state=PostState.IN_FORCE)
    works = person.employments.select_related("enterprise").order_by("-valid_from")
    return [
        HistoryTable(
            "组织关系",
            ("党组织", "转入日期", "增加方式", "转出日期", "减少方式", "依据文号"),
            [
                (
                    one.organization,
                    day(one.valid_from),
                    one.get_entry_kind_display(),
                    day(one.valid_to),
                    one.get_exit_kind_display(),
                    one.document,
                )
                for one in held.order_by("-valid_from")
            ],
        ),
        HistoryTable(
            "党内职务",
            ("党组织", "职务", "任职日期", "离任日期"),
            [
                (one.organization, one.get_kind_display(), day(one.valid_from), day(one.valid_to))
                for one in posts.select_related("organization").order_by("-valid_from")
            ],
        ),
        HistoryTable(
            "从业企业",
            ("企业", "部门", "职务", "入职日期", "离职日期"),
            [
                (one.enterprise, one.department, one.post, day(one.valid_from), day(one.valid_to))
                for one in works
            ],
        ),
    ]
