"""党建指导员选派情况登记表: one line for each enterprise at which an instructor is in post."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from core.columns import Column, Format, Members
from core.masking import Sensitive, mask
from enterprises.models import EnterprisePeriod, EnterpriseYear, NameHistory
from members.models import InstructorAssignment
from reports.facts import covering_links
from reports.ledgers.base import Ledger, Line, Note, Value
from reports.parameters import rules_on
from reports.units import Unit

MEMBER = "中共党员"
_COLUMNS: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("姓名", "name", width=9),
    Column("性别", "sex", width=5),
    Column("出生年月", "born", width=9),
    Column("政治面貌(入党时间)", "party", width=16),
    Column("工作单位及职务", "home_unit", width=24),
    Column("专/兼职", "engagement", width=7),
    Column("派驻企业", "enterprise", width=26),
    Column("企业从业人数", "employees", width=8, format=Format.WHOLE),
    Column("党员数", "members", width=7, format=Format.WHOLE),
    Column("是否建党组织", "is_formed", width=8, format=Format.YES_NO),
    Column("选派时间", "sent_on", width=11, format=Format.DAY),
    Column("联系电话", "phone", width=14, sensitive=Sensitive.PHONE),
    Column("备注", "remark", width=18),
)
_OWNERS = {
    "serial": "顺序号",
    "name": "人员",
    "sex": "人员",
    "born": "人员",
    "party": "党员(入党时间)",
    "home_unit": "指导员登记",
    "engagement": "指导员登记",
    "enterprise": "企业库(当日名称)",
    "employees": "企业年度记录",
    "members": "企业年度记录",
    "is_formed": "当日覆盖关系",
    "sent_on": "指导员选派",
    "phone": "人员(遮盖)",
    "remark": "指导员选派(到期日期)",
}


class InstructorLedger(Ledger):
    key: ClassVar[str] = "instructors"
    title: ClassVar[str] = "党建指导员选派情况登记表"
    about: ClassVar[str] = "每家有在任指导员的企业一行：何人、何单位、专兼职、选派时间"
    members: ClassVar[Members] = _COLUMNS

    def basis(self, as_of: date) -> str:
        return "范围：当日在任的选派；覆盖率按企业计，不按人计"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        terms = list(_terms(unit, as_of))
        keys = [one.enterprise_id for one in terms]
        names = dict(
            NameHistory.objects.as_of(as_of)
            .filter(what=NameHistory.What.NAME, enterprise__in=keys)
            .values_list("enterprise_id", "value")
        )
        years = {
            year.enterprise_id: year
            for year in EnterpriseYear.objects.as_of(as_of).filter(enterprise__in=keys)
        }
        links = covering_links(as_of, rules_on(as_of)).filter(enterprise__in=keys)
        formed = set(links.values_list("enterprise_id", flat=True))
        for serial, one in enumerate(terms, 1):
            year = years.get(one.enterprise_id)
            facts = _facts(one) | {
                "serial": serial,
                "enterprise": names.get(one.enterprise_id, one.enterprise.name),
                "employees": year.employee_count if year else None,
                "members": year.member_count if year else None,
                "is_formed": one.enterprise_id in formed,
            }
            yield Line(tuple(facts[column.field] for column in self.columns))
        total: dict[str, Value] = {
            "name": "合计",
            "home_unit": f"指导员{len({one.instructor_id for one in terms})}名",
            "enterprise": f"企业{len(set(keys))}家",
            "is_formed": len(formed),
        }
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            yield Note(column, (column.header,), _OWNERS[column.field], reported=False)


def _terms(unit: Unit, day: date) -> Iterator[InstructorAssignment]:
    """Those in post at the unit's enterprises of the day, by instructor."""
    counted = EnterprisePeriod.objects.as_of(day).filter(reporting_area__in=unit.areas)
    terms = InstructorAssignment.objects.as_of(day).filter(
        enterprise__in=counted.values("enterprise")
    )
    yield from terms.select_related("instructor__person__party_member", "enterprise").order_by(
        "instructor__person__search_key", "instructor", "enterprise__pinyin", "pk"
    )


def _facts(one: InstructorAssignment) -> dict[str, Value]:
    person = one.instructor.person
    member = getattr(person, "party_member", None)
    accepted = f"（{member.accepted_on:%Y.%m}）" if member else ""
    return {
        "name": person.name,
        "sex": person.get_sex_display(),
        "born": f"{person.born_on:%Y.%m}" if person.born_on else "",
        "party": f"{MEMBER}{accepted}" if member else "",
        "home_unit": one.instructor.home_unit,
        "engagement": one.instructor.get_engagement_display(),
        "sent_on": one.valid_from,
        "phone": mask(Sensitive.PHONE, person.phone or ""),
        "remark": f"{one.valid_to}到期" if one.valid_to else "",
    }
