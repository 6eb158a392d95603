"""Enterprises that wait for an instructor, in the order of R30, and who might be sent to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from enterprises.industries import industry_of
from enterprises.models import Enterprise
from members.guidance import guidance_on
from members.models import Employment, Instructor
from members.proposal import Candidate, Need, propose
from reports.conditions import COVERED, due_not_formed
from reports.coverage import counted
from reports.models import CoverageFact
from reports.parameters import rules_on

PRIORITIES = ((1, "应建未建"), (2, "暂不具备条件"), (3, "已建党组织"))
SHOWN = 60  # proposals on one page; the next ones come once these are taken


def needs(user: Any, day: date) -> QuerySet[Any]:
    """Enterprises in scope without an instructor, `priority` as of PRIORITIES."""
    rules = rules_on(day)
    facts = counted(day, rules.population, rules).filter(
        has_instructor=False, enterprise__in=Enterprise.objects.visible_to(user)
    )
    priority = Case(
        When(due_not_formed(rules), then=Value(1)),
        When(~COVERED, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return facts.annotate(priority=priority).select_related("enterprise", "area", "organization")


@dataclass(frozen=True)
class Proposed:
    """Who is proposed for an enterprise, and how far that fits."""

    fact: CoverageFact
    instructor: Instructor
    is_near: bool
    is_of_trade: bool

    @property
    def key(self) -> str:
        return f"{self.fact.pk}-{self.instructor.pk}"


def proposals(user: Any, day: date) -> list[Proposed]:
    """The most urgent needs with the instructors proposed for them."""
    urgent = needs(user, day).order_by(
        "priority", F("employee_count").desc(nulls_last=True), "enterprise__pinyin", "pk"
    )
    facts = list(urgent[:SHOWN])
    people = {one.pk: one for one in _serving(user, day)}
    candidates = [Candidate(one.pk, one.area_id, one.sector, one.load) for one in people.values()]
    chosen = propose(_as_needs(facts, people, day), candidates, limit=guidance_on(day).load_limit)
    return [_proposed(fact, people[chosen[fact.pk]]) for fact in facts if fact.pk in chosen]


def _serving(user: Any, day: date) -> Any:
    rows = Instructor.objects.visible_to(user).serving(day).with_load(day)
    return rows.select_related("person", "area")


def _as_needs(
    facts: Sequence[CoverageFact], people: dict[int, Instructor], day: date
) -> list[Need]:
    by_person = {one.person_id: key for key, one in people.items()}
    works = Employment.objects.as_of(day).filter(
        person__in=by_person, enterprise__in=[fact.pk for fact in facts]
    )
    barred: dict[int, set[int]] = {}
    for enterprise, person in works.values_list("enterprise", "person"):
        barred.setdefault(enterprise, set()).add(by_person[person])
    return [
        Need(
            fact.pk,
            fact.area_id,
            industry_of(fact.enterprise.industry_code).section,
            frozenset(barred.get(fact.pk, ())),
        )
        for fact in facts
    ]


def _proposed(fact: CoverageFact, one: Instructor) -> Proposed:
    sector = industry_of(fact.enterprise.industry_code).section
    return Proposed(
        fact,
        one,
        is_near=one.area_id is not None and one.area_id == fact.area_id,
        is_of_trade=bool(sector) and sector == one.sector,
    )
