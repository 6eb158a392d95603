"""Rules R01-R12: in which way an enterprise gets its organization, and by which document."""

from typing import Any

import pytest

from enterprises.models import FormationMode
from reports.formation.advice import DECISIONS, REMINDERS, Situation, advise
from reports.rules import CoverageRules, DueRule

RULES = CoverageRules()
NEAR: dict[str, Any] = {"neighbours": 2, "neighbour_members": 2, "area": "东岭镇"}
JOINED: dict[str, Any] = {"mode": FormationMode.JOINT, "organization": "东岭联合党支部"}
FEW: dict[str, Any] = {"members": 2, "full_members": 2}


@pytest.mark.parametrize(
    ("facts", "mode", "rule"),
    [
        ({"members": 3, "full_members": 3}, FormationMode.SINGLE, "R01"),
        ({"members": 4, "full_members": 2}, FormationMode.ATTACHED, "R02"),
        ({**FEW, **NEAR}, FormationMode.JOINT, "R02"),
        ({"members": 1, "full_members": 0, **NEAR}, FormationMode.ATTACHED, "R02"),
        ({**FEW, "host": "园区综合党委"}, FormationMode.HOSTED, "R02"),
        ({**FEW, "grid": "第三网格"}, FormationMode.GRID, "R02"),
        (FEW, FormationMode.ATTACHED, "R02"),
        ({"members": 0, "full_members": 0}, None, "R08"),
        ({"members": 0, "is_above_scale": True}, None, "R05"),
        (
            {"members": 0, "is_above_scale": True, "neighbours": 2, "neighbour_members": 3},
            FormationMode.JOINT,
            "R04",
        ),
        ({}, None, "R17"),
        ({**JOINED, "full_members": 3}, FormationMode.SINGLE, "R12"),
        ({**JOINED, "full_members": 2}, FormationMode.JOINT, "R02"),
        ({**JOINED, "was_public": True}, FormationMode.JOINT, "R06"),
        (
            {"mode": FormationMode.SINGLE, "organization": "本厂党支部", "full_members": 9},
            FormationMode.SINGLE,
            "R01",
        ),
    ],
)
def test_the_first_rule_that_fits_decides(
    facts: dict[str, Any], mode: FormationMode | None, rule: str
) -> None:
    found = advise(Situation(**facts), RULES)
    assert (found.mode, found.basis.number) == (mode, rule)


def test_probationary_members_do_not_make_an_own_branch() -> None:
    found = advise(Situation(members=5, full_members=2), RULES)
    assert found.mode is not FormationMode.SINGLE


def test_the_number_of_members_is_the_countys_decision() -> None:
    found = advise(Situation(full_members=4), CoverageRules(minimum=5))
    assert found.mode is FormationMode.ATTACHED
    assert "不足 5 名" in found.basis.sentence


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"scale_is_open": True}, "R03"),
        ({"full_members": 3}, "R04"),
        ({"is_new": True}, "R07"),
        ({"members": 0}, "R08"),
        ({"members": 1, "employees": 50}, "R09"),
        ({"full_members": 3}, "R10"),
        ({**JOINED, "joint_size": 6}, "R11"),
        ({**JOINED, "joint_size": 11}, "R11"),
    ],
)
def test_what_else_a_clerk_must_think_of(facts: dict[str, Any], rule: str) -> None:
    assert rule in {one.number for one in advise(Situation(**facts), RULES).reminders}


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"members": 0, "has_mass": True}, "R08"),
        ({"members": 0, "has_instructor": True}, "R08"),
        ({"members": 1, "employees": 49}, "R09"),
        ({"members": 0, "employees": 90}, "R09"),
        ({**JOINED, "joint_size": 5}, "R11"),
        ({**JOINED, "full_members": 3}, "R10"),
        ({"is_above_scale": True}, "R04"),
    ],
)
def test_what_is_no_concern_is_not_said(facts: dict[str, Any], rule: str) -> None:
    assert rule not in {one.number for one in advise(Situation(**facts), RULES).reminders}


def test_above_scale_is_due_only_where_the_county_says_so() -> None:
    wide = CoverageRules(due_rule=DueRule.OR_PARTY_SCALE)
    found = advise(Situation(is_above_scale=True), wide)
    assert "R04" in {one.number for one in found.reminders}


def test_large_and_too_large_joint_branches_are_two_sentences() -> None:
    large = advise(Situation(**JOINED, joint_size=10), RULES).reminders
    too_large = advise(Situation(**JOINED, joint_size=11), RULES).reminders
    assert [one.sentence for one in large] == ["所在联合党支部覆盖 10 家企业，一般不超过 5 家。"]
    assert [one.sentence for one in too_large] == [
        "所在联合党支部覆盖 11 家企业，超过 10 家，应当拆分。"
    ]


def test_every_rule_names_its_document() -> None:
    assert all(rule.source for rule in (*DECISIONS, *REMINDERS))
    numbers = {rule.number for rule in (*DECISIONS, *REMINDERS)}
    assert {f"R{number:02}" for number in range(1, 13)} <= numbers
