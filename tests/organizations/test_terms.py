"""Terms of leading bodies: how long, who follows whom, and what a shift of the election needs."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from core.dates import today
from organizations.models import (
    LeadershipTerm,
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
)
from organizations.parameters import body_rules_on
from organizations.rules import Timing, months_later, reminder, timing, years_later
from organizations.terms import correct_term, extend_term, start_term
from tests.builders import make_organization

BEGAN = date(2020, 5, 20)


@pytest.fixture
def branch(db: None) -> PartyOrganization:
    return make_organization("东岭党支部", since=date(2019, 1, 1))


def start(organization: PartyOrganization, on: date = BEGAN, **facts: Any) -> LeadershipTerm:
    return start_term(actor=None, organization=organization, elected_on=on, **facts)


def refused(field: str, problem: pytest.ExceptionInfo[ValidationError]) -> str:
    return problem.value.message_dict[field][0]


def test_a_branch_is_elected_for_three_years_and_a_committee_for_five(
    branch: PartyOrganization,
) -> None:
    committee = make_organization("东岭党委", kind=OrganizationKind.COMMITTEE)
    assert start(branch).expires_on == date(2023, 5, 20)
    assert start(committee).expires_on == date(2025, 5, 20)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 5))
def test_a_term_ends_on_the_same_day_of_a_later_year(day: date, years: int) -> None:
    end = years_later(day, years)
    assert end.year == day.year + years
    assert (end.month, end.day) == (day.month, day.day) or (day.month, day.day) == (2, 29)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-30, 30))
def test_months_later_never_leaves_the_month(day: date, months: int) -> None:
    end = months_later(day, months)
    assert end.year * 12 + end.month == day.year * 12 + day.month + months
    assert end.day <= day.day


@pytest.mark.parametrize(
    ("on", "when"),
    [
        (date(2023, 4, 19), Timing.EARLY),
        (date(2023, 4, 20), Timing.ON_TIME),
        (date(2023, 5, 20), Timing.ON_TIME),
        (date(2023, 5, 21), Timing.LATE),
    ],
)
def test_only_the_last_weeks_before_expiry_are_on_time(on: date, when: Timing) -> None:
    assert timing(on, date(2023, 4, 20), date(2023, 5, 20)) is when


@pytest.mark.parametrize(
    ("left", "stage"), [(181, None), (180, 180), (91, 180), (90, 90), (30, 30), (0, 30), (-1, 0)]
)
def test_reminders_come_at_their_days(db: None, left: int, stage: int | None) -> None:
    assert reminder(left, body_rules_on(today())) == stage


def test_the_next_election_ends_the_term_and_counts_on(branch: PartyOrganization) -> None:
    first = start(branch)
    second = start(branch, date(2023, 5, 10))
    first.refresh_from_db()
    assert (first.valid_to, second.number) == (date(2023, 5, 10), 2)
    assert (second.due_on, second.timing_document) == (date(2023, 5, 20), "")


@pytest.mark.parametrize(("on", "word"), [(date(2022, 9, 1), "提前"), (date(2023, 6, 1), "延期")])
def test_an_early_or_late_election_needs_an_approval_number(
    branch: PartyOrganization, on: date, word: str
) -> None:
    first = start(branch)
    with pytest.raises(ValidationError) as problem:
        start(branch, on)
    assert refused("timing_document", problem) == (
        f"应于 2023-05-20 换届，{word}换届应填写上级批准文号。"
    )
    first.refresh_from_db()
    assert first.valid_to is None
    assert start(branch, on, timing_document="东党〔2023〕5号").timing_document == "东党〔2023〕5号"


def test_an_approved_extension_carries_the_late_election(branch: PartyOrganization) -> None:
    term = start(branch)
    extend_term(
        actor=None, term=term, until=date(2023, 9, 1), document="东党〔2023〕2号", reason="疫情"
    )
    assert start(branch, date(2023, 8, 1)).timing_document == "东党〔2023〕2号"


def test_an_election_after_the_extension_needs_its_own_number(branch: PartyOrganization) -> None:
    term = start(branch)
    extend_term(
        actor=None, term=term, until=date(2023, 9, 1), document="东党〔2023〕2号", reason="疫情"
    )
    with pytest.raises(ValidationError, match="延期换届应填写上级批准文号"):
        start(branch, date(2023, 9, 2))


@pytest.mark.parametrize(
    ("until", "document", "field"),
    [(date(2023, 5, 20), "东党〔2023〕2号", "until"), (date(2023, 9, 1), " ", "document")],
)
def test_an_extension_needs_a_later_day_and_a_number(
    branch: PartyOrganization, until: date, document: str, field: str
) -> None:
    term = start(branch)
    with pytest.raises(ValidationError) as problem:
        extend_term(actor=None, term=term, until=until, document=document, reason="疫情")
    assert refused(field, problem).endswith("。")


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2018, 1, 1), "当选日期不能早于党组织成立日期 2019-01-01。"),
        (date(2999, 1, 1), "日期不能晚于今天。"),
    ],
)
def test_no_body_is_elected_before_it_exists_or_tomorrow(
    branch: PartyOrganization, on: date, sentence: str
) -> None:
    with pytest.raises(ValidationError) as problem:
        start(branch, on)
    assert refused("elected_on", problem) == sentence


def test_a_body_follows_the_one_before_it(branch: PartyOrganization) -> None:
    start(branch)
    with pytest.raises(ValidationError, match="应晚于第1届的当选日期"):
        start(branch, BEGAN)


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({"entitled": 8, "present": 9}, "present"),
        ({"entitled": 8, "present": 8, "ballots": 9}, "ballots"),
        ({"entitled": 8, "present": 8, "ballots": 8, "valid_ballots": 9}, "valid_ballots"),
    ],
)
def test_a_number_of_the_meeting_too_high_is_told_at_its_field(
    branch: PartyOrganization, counts: dict[str, int | None], field: str
) -> None:
    with pytest.raises(ValidationError) as problem:
        start(branch, counts=counts)
    assert problem.value.message_dict == {
        field: ["实到会人数不超过应到，选票不超过实到，有效票不超过选票"]
    }


def test_a_number_given_twice_is_told_at_the_number(branch: PartyOrganization) -> None:
    start(branch)
    with pytest.raises(ValidationError) as problem:
        start(branch, date(2023, 5, 10), number=1)
    assert refused("number", problem) == "该党组织已登记过这一届"


def test_temporary_bodies_hold_no_elections(db: None) -> None:
    temporary = make_organization("临时党支部", nature=OrganizationNature.TEMPORARY)
    with pytest.raises(ValidationError, match="由上级任命"):
        start(temporary)


def test_a_wrong_day_is_put_right_with_the_term_before(branch: PartyOrganization) -> None:
    first = start(branch)
    second = start(branch, date(2023, 5, 10))
    for day in (date(2023, 5, 18), date(2023, 5, 4)):
        second = correct_term(actor=None, term=second, elected_on=day, reason="笔误")
        first.refresh_from_db()
        assert first.valid_to == second.valid_from == day
        assert second.expires_on == years_later(day, 3)


def test_only_the_latest_term_is_put_right(branch: PartyOrganization) -> None:
    first = start(branch)
    start(branch, date(2023, 5, 10))
    first.refresh_from_db()
    with pytest.raises(ValidationError, match="只能更正最近一届"):
        correct_term(actor=None, term=first, elected_on=BEGAN, reason="笔误")


def raw(branch: PartyOrganization, **facts: Any) -> LeadershipTerm:
    """Past all services, as an import or a script would."""
    return LeadershipTerm.objects.create(
        organization=branch,
        **{"number": 2, "years": 3, "valid_from": date(2023, 6, 1), "expires_on": date(2026, 6, 1)}
        | facts,
    )


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({}, "organizations_term_once"),
        ({"valid_from": date(2019, 6, 1), "valid_to": date(2020, 6, 1)}, "organizations_term_once"),
        ({"number": 1, "valid_from": date(2010, 1, 1), "valid_to": BEGAN}, "term_number"),
        (
            {"valid_to": BEGAN, "valid_from": date(2018, 1, 1), "present": 9, "entitled": 8},
            "ballots",
        ),
        (
            {
                "valid_from": date(2018, 1, 1),
                "valid_to": BEGAN,
                "extended_to": date(2027, 1, 1),
            },
            "extension_approved",
        ),
    ],
)
def test_the_database_refuses_what_never_holds(
    branch: PartyOrganization, facts: dict[str, Any], rule: str
) -> None:
    start(branch)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        raw(branch, **facts)


def test_the_database_knows_an_unapproved_late_election(branch: PartyOrganization) -> None:
    LeadershipTerm.objects.filter(pk=start(branch).pk).update(valid_to=date(2023, 6, 1))
    window = {"due_from": date(2023, 4, 20), "due_on": date(2023, 5, 20)}
    with pytest.raises(IntegrityError, match="timing_approved"), transaction.atomic():
        raw(branch, **window)
    with pytest.raises(DatabaseError, match="应换届日期应为上届届满日期"), transaction.atomic():
        raw(branch)  # as if nobody had been due
    assert raw(branch, timing_document="东党〔2023〕5号", **window).pk
