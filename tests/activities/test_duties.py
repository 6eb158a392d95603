"""What a branch owes in a period, as rules and as the one statement over all branches."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.duties import (
    Applies,
    Branch,
    Deed,
    Outcome,
    Rule,
    Span,
    completion,
    joined,
    outcome,
    periods,
    slots,
)
from core.periods import Period, PeriodKind

ALWAYS = Span(date(2000, 1, 1))
MONTHLY = Rule("theme_day", "主题党日", PeriodKind.MONTH, 1, Applies.BRANCH, "条例", ALWAYS, 5)
QUARTERLY = Rule("meeting", "党员大会", PeriodKind.QUARTER, 1, Applies.BRANCH, "条例", ALWAYS, 1)
COMMITTEE = Rule("committee", "支委会", PeriodKind.MONTH, 1, Applies.COMMITTEE, "条例", ALWAYS, 2)
MARCH = Period(PeriodKind.MONTH, 2026, 3)
SPRING = Period(PeriodKind.QUARTER, 2026, 1)
OLD = Branch((ALWAYS,))
days = st.dates(date(2025, 6, 1), date(2027, 6, 30))
spans = st.builds(
    lambda first, length: Span(first, first + timedelta(length) if length else None),
    days,
    st.one_of(st.none(), st.integers(1, 400)),
)


def became(
    rule: Rule, period: Period, day: date, *deeds: Deed, branch: Branch = OLD, grace: int = 7
) -> Outcome:
    return outcome(rule, period, branch, deeds, day=day, grace=grace)


def held(kind: int, on: date, later: int = 0) -> Deed:
    return Deed(kind, on, on + timedelta(later))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 28), Outcome.AHEAD),
        (date(2026, 3, 1), Outcome.DUE),
        (date(2026, 3, 31), Outcome.DUE),
        (date(2026, 4, 1), Outcome.LATE),
    ],
)
def test_what_was_not_held_is_ahead_then_due_then_late(day: date, expected: Outcome) -> None:
    assert became(MONTHLY, MARCH, day) is expected


def test_one_meeting_of_two_kinds_satisfies_two_duties() -> None:
    both = (held(1, date(2026, 3, 5)), held(5, date(2026, 3, 5)))

    assert became(MONTHLY, MARCH, date(2026, 4, 1), *both) is Outcome.DONE
    assert became(QUARTERLY, SPRING, date(2026, 4, 1), *both) is Outcome.DONE


def test_a_record_weeks_later_counts_and_shows_as_such() -> None:
    late = held(5, date(2026, 3, 5), later=40)

    assert became(MONTHLY, MARCH, date(2026, 4, 1), late) is Outcome.LATE
    assert became(MONTHLY, MARCH, date(2026, 4, 14), late) is Outcome.ADDED


def test_a_branch_without_committee_owes_no_committee_meeting() -> None:
    seated = Branch((ALWAYS,), committee=(Span(date(2026, 2, 1)),))

    assert became(COMMITTEE, MARCH, date(2026, 4, 1)) is Outcome.NOT_REQUIRED
    assert became(COMMITTEE, MARCH, date(2026, 4, 1), branch=seated) is Outcome.LATE


@pytest.mark.parametrize(
    ("stood", "expected"),
    [
        (Span(date(2026, 1, 1)), Outcome.LATE),
        (Span(date(2026, 1, 2)), Outcome.NOT_REQUIRED),
        (Span(date(2020, 1, 1), date(2026, 4, 1)), Outcome.LATE),
        (Span(date(2020, 1, 1), date(2026, 3, 31)), Outcome.NOT_REQUIRED),
    ],
)
def test_only_complete_periods_are_judged(stood: Span, expected: Outcome) -> None:
    assert became(QUARTERLY, SPRING, date(2026, 7, 1), branch=Branch((stood,))) is expected


def test_a_committee_that_follows_another_without_a_gap_is_one_committee() -> None:
    terms = (Span(date(2023, 1, 1), date(2026, 3, 10)), Span(date(2026, 3, 10)))
    gap = (Span(date(2023, 1, 1), date(2026, 3, 10)), Span(date(2026, 3, 11)))

    assert Branch((ALWAYS,), committee=terms).owes(COMMITTEE, MARCH)
    assert not Branch((ALWAYS,), committee=gap).owes(COMMITTEE, MARCH)


@given(st.lists(spans, max_size=6), days)
def test_joining_spans_keeps_each_day_and_leaves_gaps(parts: list[Span], day: date) -> None:
    whole = joined(parts)

    assert any(holds(one, day) for one in whole) == any(holds(one, day) for one in parts)
    assert all(one.end is not None for one in whole[:-1])
    assert all(one.end < two.first for one, two in pairwise(whole) if one.end)


def holds(span: Span, day: date) -> bool:
    return span.first <= day and (span.end is None or day < span.end)


@given(st.lists(spans, max_size=3), st.lists(days, max_size=8), days, st.integers(1, 3))
def test_an_outcome_only_ever_grows_better_within_a_day(
    stood: list[Span], on: list[date], day: date, times: int
) -> None:
    """A further meeting never turns done into late, and what is not owed stays so."""
    rule = Rule("x", "x", PeriodKind.MONTH, times, Applies.BRANCH, "x", ALWAYS, 1)
    branch, deeds = Branch(tuple(stood)), [held(1, one) for one in on]
    for period in periods(rule.every, 2026):
        before = outcome(rule, period, branch, deeds, day=day, grace=7)
        after = outcome(rule, period, branch, [*deeds, held(1, day)], day=day, grace=7)
        assert (before is Outcome.NOT_REQUIRED) == (after is Outcome.NOT_REQUIRED)
        assert after.is_done or not before.is_done


@given(spans)
def test_a_rule_speaks_of_periods_throughout_which_it_holds(span: Span) -> None:
    rule = Rule("x", "x", PeriodKind.QUARTER, 1, Applies.BRANCH, "x", span, 1)

    for _, period in slots([rule], 2026):
        assert holds(span, period.first)
        assert holds(span, period.last)


def test_completion_looks_at_periods_that_are_over() -> None:
    found = [
        (Period(PeriodKind.MONTH, 2026, month), one)
        for month, one in enumerate(
            (Outcome.DONE, Outcome.ADDED, Outcome.LATE, Outcome.NOT_REQUIRED, Outcome.DUE), 1
        )
    ]

    assert str(completion(found, date(2026, 5, 20))) == "2/3 (66.7%)"
