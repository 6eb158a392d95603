"""Visits expected, and a proposal that balances load, distance and trade."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.proposal import Candidate, Need, propose
from members.rhythm import next_visit, visits_due, visits_due_in_year

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def test_a_quarterly_visit_falls_due_at_the_end_of_each_quarter() -> None:
    since = date(2026, 1, 31)
    assert [visits_due(since, None, date(2026, m, 30), 3) for m in (3, 4, 7, 12)] == [0, 1, 1, 3]
    assert visits_due(since, date(2026, 7, 31), date(2026, 12, 31), 3) == 1
    assert next_visit(since, None, 3) == date(2026, 4, 30)


@QUICK
@given(DAYS, DAYS, DAYS, st.integers(1, 12))
def test_each_year_has_its_part_of_the_visits(
    since: date, until: date, day: date, months: int
) -> None:
    years = range(since.year, day.year)
    parts = [visits_due_in_year(since, until, date(year, 12, 31), months) for year in years]
    parts.append(visits_due_in_year(since, until, day, months) if day.year >= since.year else 0)
    assert sum(parts) == visits_due(since, until, day, months)
    assert all(part >= 0 for part in parts)


@QUICK
@given(DAYS, st.integers(0, 1000), st.integers(1, 12))
def test_a_visit_is_expected_from_the_day_on_which_it_is_next(
    since: date, later: int, months: int
) -> None:
    day = since + timedelta(days=later)
    assert (visits_due(since, None, day, months) > 0) == (next_visit(since, None, months) <= day)


AREAS = st.sampled_from([None, 1, 2, 3])
SECTORS = st.sampled_from(["", "C", "F"])
NEEDS = st.lists(
    st.builds(Need, st.integers(1, 10**6), AREAS, SECTORS, st.frozensets(st.integers(1, 8))),
    max_size=25,
    unique_by=lambda need: need.key,
)
PEOPLE = st.lists(
    st.builds(Candidate, st.integers(1, 8), AREAS, SECTORS, st.integers(0, 7)),
    max_size=8,
    unique_by=lambda one: one.key,
)


@QUICK
@given(NEEDS, PEOPLE, st.integers(1, 6))
def test_nobody_gets_more_than_the_limit_nor_a_firm_he_works_for(
    needs: list[Need], people: list[Candidate], limit: int
) -> None:
    found = propose(needs, people, limit=limit)
    for one in people:
        got = [need for need in needs if found.get(need.key) == one.key]
        assert not got or one.load + len(got) <= limit
        assert all(one.key not in need.barred for need in got)


@QUICK
@given(NEEDS, PEOPLE, st.integers(1, 6))
def test_room_that_is_there_is_used_and_earlier_needs_come_first(
    needs: list[Need], people: list[Candidate], limit: int
) -> None:
    free = [Need(need.key, need.area, need.sector) for need in needs]
    found = propose(free, people, limit=limit)
    room = sum(max(0, limit - one.load) for one in people)
    assert list(found) == [need.key for need in free[:room]]


@QUICK
@given(NEEDS, PEOPLE, st.integers(1, 6), st.randoms())
def test_the_proposal_is_the_same_in_whatever_order_people_are_listed(
    needs: list[Need], people: list[Candidate], limit: int, chance: object
) -> None:
    mixed = people[:]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert propose(needs, people, limit=limit) == propose(needs, mixed, limit=limit)


@QUICK
@given(st.integers(0, 30), st.integers(1, 6))
def test_equals_are_burdened_alike(firms: int, people: int) -> None:
    needs = [Need(number, 1, "C") for number in range(firms)]
    found = propose(needs, [Candidate(key, 1, "C", 0) for key in range(people)], limit=99)
    loads = [sum(1 for key in found.values() if key == one) for one in range(people)]
    assert max(loads) - min(loads) <= 1


def test_a_neighbour_of_the_trade_is_proposed_until_he_has_too_much() -> None:
    near, far = Candidate(1, 7, "C", 0), Candidate(2, 8, "F", 0)
    needs = [Need(number, 7, "C") for number in range(9)]
    found = propose(needs, [near, far], limit=8)
    assert [found[number] for number in range(9)] == [1, 1, 1, 1, 1, 1, 2, 1, 2]
