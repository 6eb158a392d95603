"""党员花名册 and the list with the header of the national system, as of a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from core.columns import Column, Format, Members
from core.masking import mask
from members.codes import JobClass
from members.completeness import percent
from members.member_card import KINDS
from members.models import LostContact, Membership, PartyMember, TrainingAttendance
from members.models.lost import OPEN_LOST
from members.roster_columns import NATIONAL
from members.roster_rows import roster_rows, with_work
from members.services.persons import SHOWN
from organizations.models import PartyOrganization
from reports.ledgers.base import Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

AT_ONCE = 50  # branches
_ROSTER: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("姓名", "name", width=9),
    Column("性别", "sex", width=5),
    Column("民族", "ethnicity", width=7),
    Column("出生年月", "born_on", width=11, format=Format.DAY),
    Column("年龄", "age", width=5, format=Format.WHOLE),
    Column("参加工作时间", "started_work_on", width=11, format=Format.DAY),
    Column("学历", "education", width=9),
    Column("毕业院校", "school", width=16),
    Column("入党时间", "accepted_on", width=11, format=Format.DAY),
    Column("转正时间", "confirmed_on", width=11, format=Format.DAY),
    Column("正式/预备", "category", width=9),
    Column("所在部门", "department", width=10),
    Column("职务", "post", width=10),
    Column("职称", "title", width=10),
    Column("身份证号", "citizen_id", width=20, format=Format.CODE),
    Column("所在单位", "unit", width=22),
    Column("在岗情况", "on_post", width=8),
)


class _OfMembers(Ledger):
    """One line for each member whose relation is held in the unit on the day."""

    permission: ClassVar[str] = "members.view"

    def basis(self, as_of: date) -> str:
        return "范围：当日组织关系在本级及下级党支部的党员"

    def _branches(
        self, unit: Unit, as_of: date
    ) -> Iterator[tuple[dict[int, PartyOrganization], list[PartyMember]]]:
        """Members of some branches at a time, branches in their official order."""
        rows = OrganizationsOfDay(unit, as_of).rows
        for start in range(0, len(rows), AT_ONCE):
            some = {one.pk: one for one in rows[start : start + AT_ONCE]}
            held = Membership.objects.as_of(as_of).filter(organization__in=some)
            homes = dict(held.values_list("member", "organization"))
            members = with_work(PartyMember.objects.filter(pk__in=homes), as_of)
            place = {pk: number for number, pk in enumerate(some)}
            found = sorted(
                members, key=lambda one: (place[homes[one.pk]], one.person.search_key, one.pk)
            )
            yield {one.pk: some[homes[one.pk]] for one in found}, found


class RosterLedger(_OfMembers):
    key: ClassVar[str] = "roster"
    title: ClassVar[str] = "党员花名册"
    about: ClassVar[str] = "每名党员一行：基本情况、入党转正时间、从业企业和在岗情况，按党支部排列"
    members: ClassVar[Members] = _ROSTER

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        serial = full = 0
        for _, members in self._branches(unit, as_of):
            for row in roster_rows(members, as_of):
                serial += 1
                full += row.category == "正式党员"
                values = vars(row) | {"serial": serial}
                yield Line(tuple(values.get(column.field) for column in self.columns))
        total: dict[str, Value] = {
            "name": "合计",
            "category": f"正式{full}人，预备{serial - full}人",
            "unit": f"{serial}人",
        }
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = "从业关系(当日)" if column.field in _WORK else "党员(身份证号只留校验位)"
            yield Note(column, (column.header,), owner, reported=False)


_WORK = {"department", "post", "unit", "on_post"}


class NationalLedger(_OfMembers):
    key: ClassVar[str] = "national"
    title: ClassVar[str] = "党员基本信息表"
    about: ClassVar[str] = "表头和列序与全国党员管理信息系统的名册一致，共25列"
    members: ClassVar[Members] = NATIONAL

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        number = 0
        for homes, members in self._branches(unit, as_of):
            lost = _lost(members)
            trained = _trained(members, as_of.year)
            for member in members:
                number += 1
                facts = _facts(member) | {
                    "home": homes[member.pk].name,
                    "is_lost": "是" if member.pk in lost else "否",
                    "training": "已培训" if member.person_id in trained else "",
                }
                yield Line(tuple(facts.get(column.field) for column in self.columns))
        total: dict[str, Value] = {"name": "合计", "home": f"{number}人"}
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            yield Note(column, (column.header,), _OWNERS.get(column.field, "党员"), reported=False)


_OWNERS = {
    "citizen_id": "党员，只留校验位",
    "phone": "党员，中间四位不显示",
    "home_address": "党员，不显示",
    "is_lost": "失联登记",
    "training": "当年教育培训记录",
    "completeness": "系统按已填项目计算",
    "front_line": "工作岗位为生产经营一线职工",
}


def _facts(member: PartyMember) -> dict[str, Value]:
    person = member.person
    shown = {name: mask(kind, getattr(person, name) or "", SHOWN) for name, kind in KINDS.items()}
    return {
        "name": person.name,
        **shown,
        "sex": person.get_sex_display(),
        "ethnicity": person.get_ethnicity_display(),
        "native_place": person.native_place,
        "is_taiwanese": person.is_taiwanese,
        "born_on": person.born_on,
        "education": person.get_education_display(),
        "category": member.get_category_display(),
        "accepted_on": member.accepted_on,
        "confirmed_on": member.confirmed_on,
        "job_class": person.get_job_class_display(),
        "started_work_on": person.started_work_on,
        "marital_status": person.get_marital_status_display(),
        "archive_unit": member.archive_unit,
        "title": person.title,
        "new_stratum": person.get_new_stratum_display(),
        "front_line": "是" if person.job_class == JobClass.FRONT_LINE else "否",
        "is_migrant_worker": person.is_migrant_worker,
        "completeness": str(percent(member)),
    }


def _lost(members: Sequence[PartyMember]) -> set[int]:
    cases = LostContact.objects.filter(member__in=members, state__in=OPEN_LOST)
    return set(cases.values_list("member", flat=True))


def _trained(members: Sequence[PartyMember], year: int) -> set[int]:
    people = [member.person_id for member in members]
    attended = TrainingAttendance.objects.filter(person__in=people, training__ends_on__year=year)
    return set(attended.values_list("person", flat=True))
