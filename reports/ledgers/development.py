"""发展党员台账: one line for each person on the way into the party, days of steps in groups."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.db.models import Prefetch, Q

from core.columns import Column, Format, Group, Members
from members.codes import ExitKind
from members.models import DevelopmentCase, DevelopmentStep, Membership, Outcome, Stage
from reports.ledgers.base import Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

_DAY = 11


def _day(header: str, field: str) -> Column:
    return Column(header, field, width=_DAY, format=Format.DAY)


_COLUMNS: tuple[Column | Group, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Group(
        "基本信息",
        (
            Column("姓名", "name", width=9),
            Column("性别", "sex", width=5),
            Column("民族", "ethnicity", width=7),
            _day("出生年月", "born_on"),
            Column("学历", "education", width=9),
            Column("工作岗位", "job_class", width=12),
            Column("所在党组织", "organization", width=20),
            Column("推荐方式", "recommender", width=10),
            Column("管理和业务骨干", "is_backbone", width=8, format=Format.YES_NO),
        ),
    ),
    Group(
        "入党申请",
        (_day("递交入党申请书时间", "application"), _day("首次组织谈话时间", "first_talk")),
    ),
    Group(
        "入党积极分子和发展对象",
        (
            _day("确定为入党积极分子时间", "activist"),
            Column("培养联系人", "contacts", width=12),
            _day("民主评议时间", "review"),
            _day("推荐/推优时间", "recommended_on"),
            _day("支部大会讨论确定发展对象时间", "candidate"),
            _day("确定发展对象时间(党委备案时间)", "candidate_filed"),
            _day("政治审查", "vetting"),
            _day("党校培训结业时间", "training"),
        ),
    ),
    Group(
        "预备党员",
        (
            _day("党委预审时间", "preview"),
            Column("入党介绍人", "sponsors", width=12),
            _day("确定为预备党员时间(支部大会)", "meeting"),
            _day("入党谈话时间", "talk"),
            Column("入党谈话人", "talker", width=9),
            _day("党委审批时间", "approval"),
            _day("入党宣誓时间", "oath"),
        ),
    ),
    Group(
        "正式党员",
        (
            _day("递交转正申请书时间", "confirmation_request"),
            _day("转正时间(支部大会讨论)", "discussion"),
            _day("党委审批时间", "confirmation"),
            _day("转档案馆时间", "archived"),
        ),
    ),
    _day("转出", "left_on"),
    Column("备注", "remark", width=24),
)
_PERSON = {"name", "sex", "ethnicity", "born_on", "education", "job_class"}
_CASE = {"organization", "recommender", "is_backbone", "recommended_on"}
_OWNERS = {
    "serial": "顺序号",
    "contacts": "培养联系人",
    "sponsors": "入党介绍人",
    "talker": "发展步骤的谈话人",
    "review": "最近一次培养教育考察",
    "left_on": "组织关系转出日期",
    "remark": "表决情况、公示、阶段和终止原因",
}


class DevelopmentLedger(Ledger):
    key: ClassVar[str] = "development"
    title: ClassVar[str] = "发展党员台账"
    about: ClassVar[str] = "从入党申请人到转正，每人一行：各步骤的时间、联系人和介绍人"
    members: ClassVar[Members] = _COLUMNS
    permission: ClassVar[str] = "members.view"

    def basis(self, as_of: date) -> str:
        return f"范围：当日正在培养的人员和 {as_of.year} 年内结束的"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        rows = OrganizationsOfDay(unit, as_of).rows
        place = {one.pk: number for number, one in enumerate(rows)}
        cases = sorted(
            _cases(list(place), as_of),
            key=lambda case: (place[case.organization_id], case.person.search_key, case.pk),
        )
        left = _left(cases, as_of)
        stages: dict[str, int] = {}
        for serial, case in enumerate(cases, 1):
            facts = {"serial": serial, **_facts(case, as_of), "left_on": left.get(case.member_id)}
            stage = _stage(facts)
            stages[stage] = stages.get(stage, 0) + 1
            yield Line(tuple(facts.get(column.field) for column in self.columns))
        words = "，".join(f"{Stage(one).label}{stages[one]}人" for one in Stage if one in stages)
        total: dict[str, Value] = {
            "name": "合计",
            "organization": f"{len(cases)}人",
            "remark": words,
        }
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for member in _COLUMNS:
            parts = member.members if isinstance(member, Group) else (member,)
            for column in parts:
                assert isinstance(column, Column)
                path = (member.header, column.header) if member is not column else (column.header,)
                yield Note(column, path, _owner(column.field), reported=False)


def _owner(field: str) -> str:
    if field in _OWNERS:
        return _OWNERS[field]
    return "人员" if field in _PERSON else "发展档案" if field in _CASE else "发展步骤"


def _cases(organizations: list[int], day: date) -> list[DevelopmentCase]:
    """Who had applied by the day and was still on the way in its year."""
    steps = DevelopmentStep.objects.filter(done_on__lte=day).order_by("done_on", "pk")
    began = DevelopmentStep.objects.filter(code="application", done_on__lte=day)
    return list(
        DevelopmentCase.objects.filter(
            Q(closed_on=None) | Q(closed_on__gte=date(day.year, 1, 1)),
            organization__in=organizations,
            pk__in=began.values("case"),
        )
        .select_related("person", "organization")
        .prefetch_related(Prefetch("steps", queryset=steps), "helpers__member__person")
    )


def _facts(case: DevelopmentCase, day: date) -> dict[str, Any]:
    person = case.person
    steps = {step.code: step for step in case.steps.all() if step.outcome != Outcome.FAILED}
    talk = steps.get("talk")
    helpers: dict[str, list[str]] = {}
    for helper in case.helpers.all():
        if helper.role in steps:
            helpers.setdefault(helper.role, []).append(helper.member.person.name)
    return {
        **{code: step.done_on for code, step in steps.items()},
        "name": person.name,
        "sex": person.get_sex_display(),
        "ethnicity": person.get_ethnicity_display(),
        "born_on": person.born_on,
        "education": person.get_education_display(),
        "job_class": person.get_job_class_display(),
        "organization": case.organization.name,
        "recommender": case.get_recommender_display(),
        "recommended_on": case.recommended_on,
        "is_backbone": case.is_backbone,
        "contacts": "、".join(helpers.get("contacts", [])),
        "sponsors": "、".join(helpers.get("sponsors", [])),
        "talker": talk.by if talk else "",
        "remark": _remark(case, steps, day),
    }


def _remark(case: DevelopmentCase, steps: dict[str, DevelopmentStep], day: date) -> str:
    words = []
    meeting, candidate = steps.get("meeting"), steps.get("candidate")
    if candidate and candidate.shown_from:
        words.append(f"发展对象公示{candidate.shown_from}至{candidate.shown_to}")
    if meeting and meeting.entitled is not None:
        words.append(f"接收票决：应到{meeting.entitled}，赞成{meeting.ayes}")
    discussion = steps.get("discussion")
    if discussion and discussion.outcome != Outcome.PASSED:
        words.append(discussion.get_outcome_display())
    if case.closed_on and case.closed_on <= day and case.close_reason:
        words.append(f"{case.closed_on}终止：{case.close_reason}")
    return "；".join([*words, *([case.remark] if case.remark else [])])


def _stage(facts: dict[str, Any]) -> Stage:
    """Where the person stood on the day of the ledger."""
    for code, stage in (
        ("confirmation", Stage.FULL),
        ("approval", Stage.PROBATIONARY),
        ("candidate", Stage.CANDIDATE),
        ("activist", Stage.ACTIVIST),
    ):
        if facts.get(code):
            return stage
    return Stage.APPLICANT


def _left(cases: list[DevelopmentCase], day: date) -> dict[int | None, date | None]:
    """When the relation of those accepted was moved elsewhere."""
    keys = [case.member_id for case in cases if case.member_id]
    rows = Membership.objects.filter(
        member__in=keys, exit_kind__in=(ExitKind.TRANSFERRED, ExitKind.WHOLE), valid_to__lte=day
    )
    return dict(rows.order_by("valid_to").values_list("member", "valid_to"))
