"""What organization life demands of a branch in a period, and what became of it; pure rules.

A duty is judged for complete periods alone: the rule, the branch and the body that it speaks of
must have been there from the first day to the last.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.periods import Period, PeriodKind
from core.rates import Rate


class Applies(StrEnum):
    """Which branches owe a duty; a convener is no branch but who answers for the county."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    GROUPS = "groups"
    CONVENER = "convener"


class Outcome(StrEnum):
    DONE = "done"
    ADDED = "added"
    DUE = "due"
    LATE = "late"
    AHEAD = "ahead"
    NOT_REQUIRED = "none"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_done(self) -> bool:
        return self in {Outcome.DONE, Outcome.ADDED}


_LABELS = {
    Outcome.DONE: "已完成",
    Outcome.ADDED: "补录",
    Outcome.DUE: "待开展",
    Outcome.LATE: "逾期未开展",
    Outcome.AHEAD: "未到",
    Outcome.NOT_REQUIRED: "不要求",
}


@dataclass(frozen=True)
class Span:
    """From the first day to the day before `end`; without an end it still holds."""

    first: date
    end: date | None = None

    def covers(self, period: Period) -> bool:
        return self.first <= period.first and (self.end is None or self.end > period.last)


@dataclass(frozen=True)
class Rule:
    """`times` meetings in each period of the kind `every`, while `span` holds."""

    key: str
    name: str
    every: PeriodKind
    times: int
    applies: Applies
    source: str
    span: Span
    kind: int | None = None  # of activities; None where the training of secretaries counts

    @property
    def demand(self) -> str:
        return f"每{EVERY[self.every]}至少{self.times}次"


EVERY = {
    PeriodKind.YEAR: "年",
    PeriodKind.HALF: "半年",
    PeriodKind.QUARTER: "季度",
    PeriodKind.MONTH: "月",
}


@dataclass(frozen=True)
class Branch:
    """When it stood as a branch that owes duties, had a committee, had party groups.

    Who answers for the county is none: `convenes` says since when it does.
    """

    stood: tuple[Span, ...]
    committee: tuple[Span, ...] = ()
    groups: tuple[Span, ...] = ()
    convenes: tuple[Span, ...] = ()

    def owes(self, rule: Rule, period: Period) -> bool:
        needed = {
            Applies.BRANCH: self.stood,
            Applies.COMMITTEE: self.committee,
            Applies.GROUPS: self.groups,
            Applies.CONVENER: self.convenes,
        }[rule.applies]
        stood = needed if rule.applies is Applies.CONVENER else self.stood
        return rule.span.covers(period) and all(
            any(span.covers(period) for span in joined(spans)) for spans in (stood, needed)
        )


@dataclass(frozen=True)
class Deed:
    """Something that satisfies duties of its kind, and when it was first recorded."""

    kind: int | None
    on: date
    recorded_on: date
    activity: int | None = None

    def is_added(self, grace: int) -> bool:
        """Recorded more than `grace` days after it took place."""
        return (self.recorded_on - self.on).days > grace


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days with spans that touch or overlap made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.first):
        last = found[-1] if found else None
        if last and (last.end is None or span.first <= last.end):
            end = None if last.end is None or span.end is None else max(last.end, span.end)
            found[-1] = Span(last.first, end)
        else:
            found.append(span)
    return found


def counting(rule: Rule, period: Period, deeds: Iterable[Deed], day: date) -> list[Deed]:
    """What was held in the period and known by that day."""
    return [
        deed
        for deed in deeds
        if deed.kind == rule.kind
        and period.first <= deed.on <= period.last
        and deed.recorded_on <= day
    ]


def outcome(
    rule: Rule, period: Period, branch: Branch, deeds: Iterable[Deed], *, day: date, grace: int
) -> Outcome:
    """As it looked on that day; what was recorded late counts and is told apart."""
    if not branch.owes(rule, period):
        return Outcome.NOT_REQUIRED
    held = counting(rule, period, deeds, day)
    if len(held) >= rule.times:
        in_time = sum(not deed.is_added(grace) for deed in held)
        return Outcome.DONE if in_time >= rule.times else Outcome.ADDED
    if period.first > day:
        return Outcome.AHEAD
    return Outcome.DUE if period.last >= day else Outcome.LATE


def periods(every: PeriodKind, year: int) -> list[Period]:
    return [Period(every, year, number) for number in range(1, every + 1)]


def slots(rules: Iterable[Rule], year: int) -> Iterator[tuple[Rule, Period]]:
    """Each rule with each period of the year throughout which it holds."""
    for rule in rules:
        for period in periods(rule.every, year):
            if rule.span.covers(period):
                yield rule, period


def completion(outcomes: Iterable[tuple[Period, Outcome]], day: date) -> Rate:
    """Done of owed, over the periods that were over before that day."""
    judged = [
        one for period, one in outcomes if period.last < day and one is not Outcome.NOT_REQUIRED
    ]
    return Rate(sum(one.is_done for one in judged), len(judged))


def latest_end(period: Period) -> date:
    """The first day on which the period is over."""
    return period.last + timedelta(days=1)
