"""企业诉求办理台账: one line for each request heard this year or still open, as the day saw it."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, ClassVar

from django.db.models import Q

from core.columns import Column, Format, Members
from core.rates import Rate
from enterprises.models import EnterpriseRequest, RequestState, RequestStep, Satisfaction
from enterprises.models.request import ENDED
from reports.ledgers.base import Ledger, Line, Note, Value
from reports.ledgers.firms import firms_of, names_on
from reports.units import Unit

CHUNK = 1000
_ANSWERED = (RequestState.ANSWERED, RequestState.CONFIRMED, RequestState.CLOSED)
_COLUMNS: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("企业名称", "enterprise", width=26),
    Column("诉求类别", "category", width=10),
    Column("收到日期", "received_on", width=11, format=Format.DAY),
    Column("来源", "source", width=10),
    Column("承办单位", "unit", width=16),
    Column("办理期限", "due_on", width=11, format=Format.DAY),
    Column("办理状态", "state", width=10),
    Column("用时(日)", "days", width=7, format=Format.WHOLE),
    Column("企业评价", "satisfaction", width=9),
    Column("诉求内容", "title", width=28),
    Column("备注", "remark", width=16),
)
_OWNERS = {
    "serial": "顺序号",
    "enterprise": "企业库(当日名称)",
    "unit": "诉求办理过程",
    "due_on": "诉求办理过程",
    "state": "诉求办理过程",
    "days": "收到日期至答复日期，未答复的至当日",
    "satisfaction": "企业确认",
    "remark": "逾期、退回重办、重复反映",
}


class RequestLedger(Ledger):
    key: ClassVar[str] = "requests"
    title: ClassVar[str] = "企业诉求办理台账"
    about: ClassVar[str] = "每件企业诉求一行：来源、承办单位、期限、状态、用时、企业评价"
    members: ClassVar[Members] = _COLUMNS

    def basis(self, as_of: date) -> str:
        return f"范围：{as_of.year} 年当日以前收到的，和以前年度收到、当日尚未办结的企业诉求"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        serial, tally = 0, _Tally()
        found = _rows(unit, as_of).iterator(chunk_size=CHUNK)
        while chunk := list(islice(found, CHUNK)):
            names = names_on(as_of, {row.enterprise_id for row in chunk})
            steps = _steps(chunk, as_of)
            for row in chunk:
                serial += 1
                facts = _facts(row, steps[row.pk], as_of)
                facts["serial"] = serial
                facts["enterprise"] = names.get(row.enterprise_id, row.enterprise.name)
                tally.add(row, steps[row.pk], as_of)
                yield Line(tuple(facts[column.field] for column in self.columns))
        total: dict[str, Value] = {"enterprise": f"合计 {serial}件", **tally.words()}
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = _OWNERS.get(column.field, "企业诉求")
            yield Note(column, (column.header,), owner, reported=False)


def _rows(unit: Unit, as_of: date) -> Any:
    this_year = Q(received_on__gte=date(as_of.year, 1, 1))
    still_open = Q(ended_on=None) | Q(ended_on__gt=as_of)
    rows = EnterpriseRequest.objects.filter(
        this_year | still_open, received_on__lte=as_of, enterprise__in=firms_of(unit, as_of)
    )
    return rows.select_related("enterprise").order_by("received_on", "pk")


def _steps(rows: list[EnterpriseRequest], as_of: date) -> Mapping[int, list[RequestStep]]:
    """What had been done about each by the end of the day, in order; each was heard."""
    found: dict[int, list[RequestStep]] = {row.pk: [] for row in rows}
    done = Q(on__lte=as_of) | Q(act="request.receive")
    for step in RequestStep.objects.filter(done, request__in=rows).order_by("pk"):
        found[step.request_id].append(step)
    return found


def _answered_on(steps: list[RequestStep]) -> date | None:
    """The day of the answer that stood on the day; one that was sent back does not count."""
    if steps[-1].state not in _ANSWERED:
        return None
    return next(step.on for step in reversed(steps) if step.act == "request.answer")


def _facts(row: EnterpriseRequest, steps: list[RequestStep], as_of: date) -> dict[str, Value]:
    last = steps[-1]
    ended = _answered_on(steps) or (last.on if last.state in ENDED else as_of)
    return {
        "category": row.get_category_display(),
        "received_on": row.received_on,
        "source": row.get_source_display(),
        "unit": last.unit,
        "due_on": last.due_on,
        "state": last.get_state_display(),
        "days": (ended - row.received_on).days,
        "satisfaction": row.get_satisfaction_display() if _is_confirmed(row, last) else "",
        "title": row.title,
        "remark": "；".join(_remarks(row, steps, as_of)),
    }


def _is_confirmed(row: EnterpriseRequest, last: RequestStep) -> bool:
    confirmed = last.state in (RequestState.CONFIRMED, RequestState.CLOSED)
    return confirmed and row.confirmed_on is not None and row.confirmed_on <= last.on


def _is_late(steps: list[RequestStep], as_of: date) -> bool:
    """The deadline passed before an answer came, or has passed without one."""
    last = steps[-1]
    if last.due_on is None or last.state == RequestState.DECLINED:
        return False
    return (_answered_on(steps) or as_of) > last.due_on


def _remarks(row: EnterpriseRequest, steps: list[RequestStep], as_of: date) -> Iterator[str]:
    if _is_late(steps, as_of):
        yield "逾期"
    if times := sum(step.act == "request.return" for step in steps):
        yield f"退回重办{times}次"
    if row.earlier_id:
        yield "重复反映"


class _Tally:
    """The numbers of the last line: closed, on time, content."""

    def __init__(self) -> None:
        self.closed, self.on_time, self.content = 0, Rate(0, 0), Rate(0, 0)

    def add(self, row: EnterpriseRequest, steps: list[RequestStep], as_of: date) -> None:
        last = steps[-1]
        self.closed += last.state == RequestState.CLOSED
        if _answered_on(steps) or _is_late(steps, as_of):
            self.on_time += Rate(int(not _is_late(steps, as_of)), 1)
        if _is_confirmed(row, last):
            self.content += Rate(int(row.satisfaction != Satisfaction.DISSATISFIED), 1)

    def words(self) -> dict[str, Value]:
        return {
            "unit": f"按期答复率{self.on_time.percent_text}",
            "state": f"办结{self.closed}件",
            "satisfaction": f"满意率{self.content.percent_text}",
        }
