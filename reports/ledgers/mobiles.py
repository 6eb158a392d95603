"""流动党员台账: who is away from home and who has come, on two sheets of one workbook."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.db.models import Q, QuerySet

from core.columns import Column, Format, Group, Members
from core.masking import Sensitive, mask
from members.flow_parameters import MOBILE_MONTHS
from members.models import MobileRecord, MobileState
from organizations.rules import months_later
from reports.ledgers.base import TOTAL, Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

_PERSON: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("姓名", "name", width=9),
    Column("流动证号", "certificate", width=14, format=Format.CODE),
    Column("原职业", "former_job", width=14),
    Column("外出原因", "cause", width=10),
    Column("流动类型", "destination", width=14),
    Column("流出范围", "range", width=12),
    Column("流出日期", "left_on", width=11, format=Format.DAY),
)
_HOME = Group(
    "流出党组织",
    (
        Column("名称", "origin", width=24),
        Column("联系人", "origin_contact", width=9),
        Column("联系电话", "origin_phone", width=13, format=Format.CODE),
    ),
)
_HOST = Group(
    "流入党组织",
    (
        Column("名称", "host", width=24),
        Column("地址", "host_address", width=22),
        Column("联系人", "host_contact", width=9),
        Column("联系电话", "host_phone", width=13, format=Format.CODE),
    ),
)
_COURSE: tuple[Column, ...] = (
    Column("流入时间", "received_on", width=11, format=Format.DAY),
    Column("联系情况", "contact_note", width=18),
    Column("失联时间", "lost_on", width=11, format=Format.DAY),
    Column("状态", "state", width=11),
    Column("拒绝理由", "refusal", width=14),
)
_BACK = Column("回归时间", "returned_on", width=11, format=Format.DAY)


class MobileInLedger(Ledger):
    """Those whose host is in the unit; it mirrors the sheet of 流出."""

    key: ClassVar[str] = "mobile_in"
    title: ClassVar[str] = "流动党员台账（流入）"
    about: ClassVar[str] = "每名流入党员一行：流入地党组织、报到、联系和回归"
    members: ClassVar[Members] = (*_PERSON, _HOST, _HOME, *_COURSE, _BACK)
    permission: ClassVar[str] = "members.view"
    side: ClassVar[str] = "host"

    def basis(self, as_of: date) -> str:
        months = MOBILE_MONTHS.value(on=as_of)
        return f"范围：连续{months}个月以上不能参加原支部活动的党员，本年结束的一并列出"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        present = 0
        for number, record in enumerate(self._records(unit, as_of), 1):
            is_over = _is_over(record, as_of)
            present += not is_over
            facts = _facts(record, as_of, is_over=is_over) | {"serial": number}
            yield Line(tuple(facts.get(column.field) for column in self.columns))
        total: dict[str, Value] = {"name": TOTAL, "state": f"在册{present}人"}
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = "流动登记，中间号码不显示" if "phone" in column.field else "流动登记"
            yield Note(column, (column.header,), owner, reported=False)

    def _records(self, unit: Unit, as_of: date) -> QuerySet[MobileRecord]:
        """Away long enough on the day, or their absence ended in its year."""
        keys = [one.pk for one in OrganizationsOfDay(unit, as_of).rows]
        until = months_later(as_of, -MOBILE_MONTHS.value(on=as_of))
        rows = MobileRecord.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=date(as_of.year, 1, 1)),
            left_on__lte=until,
            **{f"{self.side}__in": keys},
        )
        return rows.select_related("member__person", "origin", "host").order_by(
            f"{self.side}__official_order", f"{self.side}_id", "left_on", "pk"
        )


class MobileOutLedger(MobileInLedger):
    """Those whose relation is held in the unit; its workbook has both sheets."""

    key: ClassVar[str] = "mobile_out"
    title: ClassVar[str] = "流动党员台账（流出）"
    about: ClassVar[str] = "每名流出党员一行：流向、联系和失联；下载的工作簿含流出、流入两张表"
    members: ClassVar[Members] = (*_PERSON, _HOME, _HOST, *_COURSE)
    side: ClassVar[str] = "origin"
    further: ClassVar[tuple[Ledger, ...]] = (MobileInLedger(),)


def _is_over(record: MobileRecord, day: date) -> bool:
    return record.ended_on is not None and record.ended_on <= day


def _facts(record: MobileRecord, day: date, *, is_over: bool) -> dict[str, Value]:
    came = record.received_on if record.received_on and record.received_on <= day else None
    lost = is_over and record.state == MobileState.LOST
    back = is_over and record.state == MobileState.RETURNED
    return {
        "name": record.member.person.name,
        "certificate": record.certificate,
        "former_job": record.get_former_job_display(),
        "cause": record.get_cause_display(),
        "destination": record.get_destination_display(),
        "range": record.get_range_display(),
        "left_on": record.left_on,
        "origin": record.leaves_from,
        "origin_contact": record.origin_contact,
        "origin_phone": mask(Sensitive.PHONE, record.origin_phone or ""),
        "host": record.goes_to,
        "host_address": record.host_address,
        "host_contact": record.host_contact,
        "host_phone": mask(Sensitive.PHONE, record.host_phone or ""),
        "received_on": came,
        "contact_note": record.contact_note,
        "lost_on": record.ended_on if lost else None,
        "returned_on": record.ended_on if back else None,
        "state": record.get_state_display() if is_over else _state(record, came),
        "refusal": record.refusal,
    }


def _state(record: MobileRecord, came: date | None) -> str:
    if came is not None:
        return str(MobileState.RECEIVED.label)
    refused = record.state == MobileState.REFUSED
    return str((MobileState.REFUSED if refused else MobileState.AWAY).label)
