"""Scale and duty to form: the arithmetic and the database condition agree, case by case."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports import conditions
from reports.facts import facts
from reports.rules import CoverageRules, DueRule, ScaleDefinition, is_due_to_form, party_scale
from tests.reports.county import DAY, County

RULES = CoverageRules()
LISTED = replace(RULES, due_rule=DueRule.OR_PARTY_SCALE)

# 规模以上(党建口径): R03
SCALE_CASES = [
    (49, 9_000_000, False),
    (50, 5_000_000, True),
    (50, 4_999_999, False),
    (99, 5_000_000, True),
    (100, 0, True),
    (100, None, True),
    (60, None, None),
    (49, None, False),
    (None, 9_000_000, None),
    (None, None, None),
]


@pytest.mark.parametrize(("employees", "revenue", "verdict"), SCALE_CASES)
def test_scale_in_the_sense_of_party_building(
    employees: int | None, revenue: int | None, verdict: bool | None
) -> None:
    amount = None if revenue is None else Decimal(revenue)
    assert party_scale(RULES, employees, amount) is verdict


@pytest.mark.parametrize(("employees", "revenue", "verdict"), SCALE_CASES)
@pytest.mark.parametrize("reported", [True, False, None])
def test_the_reported_mark_decides_only_where_the_numbers_do_not(
    county: County,
    employees: int | None,
    revenue: int | None,
    verdict: bool | None,
    reported: bool | None,
) -> None:
    county.enterprise(
        "甲", employee_count=employees, annual_revenue=revenue, is_party_scale=reported
    )
    found = facts(DAY, RULES).filter(conditions.party_scale(RULES)).exists()
    assert found is (bool(reported) if verdict is None else verdict)


@pytest.mark.parametrize(
    ("rules", "full_members", "employees", "due"),
    [
        (RULES, 3, 10, True),
        (RULES, 2, 200, False),
        (RULES, None, 200, False),
        (LISTED, 2, 200, True),
        (LISTED, 0, 99, False),
        (LISTED, 3, None, True),
        (replace(RULES, minimum=4), 3, 10, False),
    ],
)
def test_who_ought_to_have_an_organization(
    county: County, rules: CoverageRules, full_members: int | None, employees: int, due: bool
) -> None:
    above = bool(party_scale(rules, employees, None))
    assert is_due_to_form(rules, full_members, above_scale=above) is due
    county.enterprise("甲", full_member_count=full_members, employee_count=employees)
    assert facts(DAY, rules).filter(conditions.due_to_form(rules)).exists() is due


@pytest.mark.parametrize(
    ("definition", "employees", "listed", "above"),
    [
        (ScaleDefinition.PARTY, 100, False, True),
        (ScaleDefinition.PARTY, 10, True, False),
        (ScaleDefinition.STATISTICAL, 100, False, False),
        (ScaleDefinition.STATISTICAL, 10, True, True),
    ],
)
def test_the_statistical_list_and_the_party_scale_are_two_things(
    county: County, definition: ScaleDefinition, employees: int, listed: bool, above: bool
) -> None:
    rules = replace(RULES, scale_definition=definition)
    county.enterprise("甲", employee_count=employees, is_statistical_scale=listed)
    assert facts(DAY, rules).filter(conditions.above_scale(rules)).exists() is above
