"""Editions of the rules: what one must hold, and how days and stages follow from it."""

from datetime import date, timedelta
from itertools import cycle
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from members.development import editions, sets
from members.development.editions import Edition
from members.development.progress import progress
from members.development.standard import FACTS, NAME, STEPS
from members.models import DevelopmentRules, DevelopmentStep, Stage, StepRule
from members.services import memberships
from members.services.memberships import Move
from members.standing import probation_end
from organizations.rules import months_later
from tests.builders import make_organization
from tests.members.developing import admitted, applied
from tests.world import PARK, World

STANDARD = Edition(
    DevelopmentRules(name=NAME, valid_from=date(2014, 5, 28), **FACTS),
    tuple(StepRule(number=number, **facts) for number, facts in enumerate(STEPS, 1)),
)
ORDER = list(Stage)
GAPS = st.tuples(st.integers(0, 400), st.integers(0, 40), st.integers(0, 9))  # taken in turn


@settings(max_examples=40)
@given(GAPS, st.integers(0, len(STEPS)))
def test_the_next_step_and_the_stage_follow_from_the_days(gaps: tuple[int, ...], done: int) -> None:
    day, steps, stages = date(2015, 1, 1), [], []
    for rule, gap in zip(STANDARD.steps[:done], cycle(gaps), strict=False):
        day += timedelta(days=gap)
        steps.append(DevelopmentStep(code=rule.code, done_on=day))
        found = progress(steps, STANDARD)
        stages.append(ORDER.index(found.stage))
        assert found.step == next(iter(STANDARD.steps[len(steps) :]), None)
        assert found.last is steps[-1]
    assert stages == sorted(stages)
    if done >= 17:
        meeting = steps[14].done_on
        assert progress(steps, STANDARD).accepted_on == meeting
        if done >= 24:
            assert progress(steps, STANDARD).confirmed_on == probation_end(meeting)


@settings(max_examples=40)
@given(GAPS)
def test_an_activist_waits_a_year_and_is_reviewed_each_half(gaps: tuple[int, ...]) -> None:
    day = date(2015, 1, 1)
    steps = []
    for rule, gap in zip(STANDARD.steps[:6], cycle(gaps), strict=False):
        day += timedelta(days=gap)
        steps.append(DevelopmentStep(code=rule.code, done_on=day))
    found = progress(steps, STANDARD)
    assert found.earliest == months_later(steps[2].done_on, 12)
    assert found.due is not None
    assert (found.due.rule.code, found.due.by) == ("review", months_later(day, 6))


def draft(day: date = date(2026, 5, 18), **numbers: Any) -> tuple[DevelopmentRules, list[StepRule]]:
    rules = DevelopmentRules(name="修订", document="公布", valid_from=day, **{**FACTS, **numbers})
    return rules, [StepRule(number=number, **facts) for number, facts in enumerate(STEPS, 1)]


def test_an_edition_that_cannot_work_is_refused_in_words(world: World) -> None:
    def said(rules: DevelopmentRules, steps: list[StepRule]) -> str:
        with pytest.raises(ValidationError) as refused:
            sets.enter_edition(actor=None, rules=rules, steps=steps)
        return "".join(refused.value.messages)

    rules, steps = draft()
    assert "不能没有标识为“meeting”的步骤" in said(rules, [s for s in steps if s.code != "meeting"])
    rules, steps = draft()
    steps[1].since = "meeting"
    assert "起算步骤应在它前面" in said(rules, steps)
    rules, steps = draft()
    steps[16].special_months = 2
    assert "期限应依次不减" in said(rules, steps)
    assert "不少于半年、不超过一年" in said(*draft(most_extension=18))
    assert "应晚于现行规定的施行日期 2014-05-28" in said(*draft(date(2014, 5, 28)))
    assert len(editions.load().rows) == 1


def test_a_probation_goes_on_where_the_relation_is_held(world: World) -> None:
    case = applied(world.own_branch, f"{PARK}申")
    member = admitted(case)
    other = make_organization(f"{PARK}第二党支部", parent=world.park_committee)
    move = Move(other, date(2022, 9, 1))
    memberships.move_membership(actor=None, member=member, move=move)
    case.refresh_from_db()
    assert case.organization == other
