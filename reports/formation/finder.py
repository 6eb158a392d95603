"""The formation finder: who could form a joint branch with whom, and who has outgrown one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count

from enterprises.industries import industry_of
from enterprises.models import Enterprise, FormationMode, FormationPlan
from organizations.models import Area, PartyOrganization
from reports.conditions import (
    CLAIMED,
    COVERED,
    NON_PUBLIC_OWNED,
    POPULATION,
    REGISTERED,
    due_not_formed,
)
from reports.facts import Facts, facts
from reports.formation.grouping import Firm, Group, group
from reports.joint import JointSize
from reports.models import CoverageFact
from reports.parameters import rules_on
from reports.rules import CoverageRules

LIKENESS = {"division": "同行业大类", "section": "同行业门类", "place": "同一辖区"}


@dataclass(frozen=True)
class Proposal:
    """Neighbours that reach the number together; `key` names them in an address."""

    area: Area
    firms: Sequence[CoverageFact]
    likeness: str

    @property
    def key(self) -> str:
        return key_of(fact.pk for fact in self.firms)

    @property
    def full_members(self) -> int:
        return sum(fact.full_member_count or 0 for fact in self.firms)

    @property
    def name(self) -> str:
        """A working name for the branch to be."""
        first = self.firms[0].enterprise.name
        if len(self.firms) == 1:
            return f"{first}党支部"[:120]
        return f"{self.area}“{first}”等{len(self.firms)}家企业联合党支部"[:120]


def _proposal(firms: Sequence[CoverageFact], likeness: str = "") -> Proposal:
    area = firms[0].area
    assert area is not None  # only claimed enterprises are looked at
    return Proposal(area, firms, likeness)


def key_of(enterprises: Any) -> str:
    return "-".join(str(pk) for pk in sorted(enterprises))


@dataclass
class Finder:
    """Proposals among the enterprises that the user may see, as of a day."""

    user: Any
    day: date
    area: Area | None = None
    rules: CoverageRules = field(init=False)

    def __post_init__(self) -> None:
        self.rules = rules_on(self.day)

    def _facts(self) -> Facts:
        """Enterprises of the county's population within scope that no plan deals with yet."""
        visible = Enterprise.objects.visible_to(self.user)
        found = facts(self.day, self.rules).filter(
            CLAIMED,
            NON_PUBLIC_OWNED,
            POPULATION[self.rules.population].condition(self.rules),
            enterprise__in=visible,
        )
        return found.filter(area=self.area) if self.area else found

    def _free(self) -> Facts:
        planned = FormationPlan.objects.unfinished().values("enterprise")
        return self._facts().exclude(enterprise__in=planned)

    @cached_property
    def groups(self) -> list[Group]:
        rows = (
            self._free()
            .filter(~COVERED, full_member_count__gt=0)
            .filter(full_member_count__lt=self.rules.minimum)
            .values_list("pk", "area", "enterprise__industry_code", "full_member_count")
        )
        firms = (Firm(pk, area, industry_of(code), full or 0) for pk, area, code, full in rows)
        return group(firms, minimum=self.rules.minimum, limit=self.rules.joint_limit)

    def proposals(self, groups: Sequence[Group]) -> list[Proposal]:
        """The groups with what a page says of their firms."""
        keys = [firm.key for one in groups for firm in one.firms]
        found = self._free().filter(pk__in=keys).select_related("enterprise", "area")
        by_key = {fact.pk: fact for fact in found}
        return [
            _proposal([by_key[firm.key] for firm in one.firms], LIKENESS[one.likeness])
            for one in groups
        ]

    def proposal(self, key: str) -> Proposal | None:
        """The proposal of that key, if it still stands."""
        for one in self.groups:
            if key_of(firm.key for firm in one.firms) == key:
                return self.proposals([one])[0]
        return None

    def own(self, key: str) -> Proposal | None:
        """An own branch for the enterprise of that key, if it has outgrown its joint one."""
        fact = self.outgrown().filter(pk=int(key)).first() if key.isdecimal() else None
        return _proposal([fact]) if fact else None

    def outgrown(self) -> Facts:
        """Covered together with others, and by now strong enough for an own branch (R12)."""
        return (
            self._free()
            .filter(COVERED, full_member_count__gte=self.rules.minimum)
            .exclude(mode=FormationMode.SINGLE)
            .select_related("enterprise", "area", "organization")
            .order_by("area__official_order", "area__code", "enterprise__pinyin", "pk")
        )

    def waiting(self) -> int:
        """Due on their own, without an organization: they stand in the queue."""
        return self._facts().filter(due_not_formed(self.rules)).count()

    def crowded(self) -> list[JointSize]:
        """Joint branches within scope above the usual number of enterprises, the largest first."""
        sizes = dict(
            facts(self.day, self.rules)
            .filter(REGISTERED, mode=FormationMode.JOINT)
            .values_list("organization")
            .annotate(number=Count("pk"))
            .filter(number__gt=self.rules.joint_limit)
        )
        bodies = PartyOrganization.objects.visible_to(self.user).filter(pk__in=sizes)
        return sorted(
            ((body, sizes[body.pk]) for body in bodies), key=lambda row: (-row[1], row[0].code)
        )
