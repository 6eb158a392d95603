"""What the rules ask of a leading body: warnings with their source, never a refusal."""

from dataclasses import replace
from typing import Any

import pytest

from core.dates import today
from organizations.models import OrganizationKind, OrganizationNature
from organizations.parameters import body_rules_on
from organizations.rules import Body, demands, quorum_is_met, surplus_is_met

WELL = Body(
    kind=OrganizationKind.BRANCH,
    nature=OrganizationNature.REGULAR,
    full_members=5,
    members=6,
    secretaries=1,
    deputies=0,
    seats=1,
    has_term=True,
    days_left=400,
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, set()),
        ({"full_members": 2}, {"branch_least"}),
        ({"full_members": 2, "kind": OrganizationKind.JOINT_BRANCH}, set()),
        ({"members": 51}, {"branch_most"}),
        ({"full_members": 7}, {"committee"}),
        ({"full_members": 7, "seats": 3}, set()),
        ({"full_members": 6, "seats": 3}, {"no_committee"}),
        ({"full_members": 9, "seats": 8}, {"committee_most"}),
        ({"deputies": 1, "seats": 2}, set()),
        ({"deputies": 2, "seats": 3}, {"deputies"}),
        ({"secretaries": 0, "seats": 0}, {"secretary"}),
        ({"kind": OrganizationKind.GENERAL_BRANCH, "full_members": 49}, {"kind_least"}),
        ({"kind": OrganizationKind.GENERAL_BRANCH, "full_members": 50}, set()),
        ({"kind": OrganizationKind.COMMITTEE, "full_members": 99}, {"kind_least"}),
        ({"has_term": False, "days_left": None}, {"term"}),
        ({"days_left": -1}, {"overdue"}),
        ({"days_left": 0}, set()),
        ({"failed": ("甲",)}, {"review"}),
        ({"full_members": None, "members": None}, set()),
        (
            {"nature": OrganizationNature.TEMPORARY, "has_term": False, "secretaries": 0},
            set(),
        ),
    ],
)
def test_each_rule_speaks_where_it_is_not_met(
    db: None, facts: dict[str, Any], expected: set[str]
) -> None:
    found = demands(replace(WELL, **facts), body_rules_on(today()))
    assert {demand.key for demand in found} == expected
    assert all(demand.source and demand.sentence.endswith("。") for demand in found)


def test_four_fifths_make_a_quorum() -> None:
    assert quorum_is_met(10, 8)
    assert not quorum_is_met(10, 7)


def test_a_fifth_more_candidates_than_seats() -> None:
    assert surplus_is_met(6, 5)
    assert not surplus_is_met(5, 5)
