"""Joint branches: how many enterprises each covers, which cover too many, which name none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef

from enterprises.models import CoverageLink, FormationMode
from organizations.models import OrganizationKind, PartyOrganization
from organizations.tree import path_as_of
from reports.conditions import REGISTERED
from reports.facts import TEMPORARY, facts
from reports.parameters import rules_on
from reports.rules import CoverageRules
from reports.units import Unit

JointSize = tuple[PartyOrganization, int]


@dataclass(frozen=True)
class JointBranches:
    """Joint branches that cover enterprises of a unit, the largest first."""

    sizes: Sequence[JointSize]
    rules: CoverageRules

    @property
    def enterprises(self) -> int:
        return sum(size for _, size in self.sizes)

    @property
    def per_branch(self) -> Decimal | None:
        """Enterprises of a branch on average, one decimal."""
        if not self.sizes:
            return None
        exact = Decimal(self.enterprises) / len(self.sizes)
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def too_large(self) -> list[JointSize]:
        """Above the county's alarm: 覆盖十几家企业的应当拆分."""
        return [row for row in self.sizes if row[1] > self.rules.joint_alarm]

    @property
    def large(self) -> list[JointSize]:
        """Above what the branch regulations call normal, but below the county's alarm."""
        rules = self.rules
        return [row for row in self.sizes if rules.joint_limit < row[1] <= rules.joint_alarm]


def joint_branches(day: date, unit: Unit) -> JointBranches:
    """The joint branches of the enterprises that are counted in the unit."""
    rules = rules_on(day)
    sizes: dict[int, int] = dict(
        facts(day, rules)
        .filter(REGISTERED, area__in=unit.areas, mode=FormationMode.JOINT)
        .values_list("organization")
        .annotate(Count("pk"))
    )
    found = PartyOrganization.objects.in_bulk(list(sizes))
    rows = [(found[pk], size) for pk, size in sizes.items()]
    return JointBranches(sorted(rows, key=_largest_first), rules)


def _largest_first(row: JointSize) -> tuple[int, int, str]:
    organization, size = row
    return -size, organization.official_order, organization.code


def nameless(day: date) -> list[str]:
    """Paths of joint branches of which nobody recorded whom they cover.

    While one stands in a unit, the unit's coverage is not known, only that it is at least so much.
    """
    recorded = CoverageLink.objects.filter(organization=OuterRef("pk"), valid_from__lte=day)
    found = (
        PartyOrganization.objects.existing(day)
        .filter(~Exists(recorded), kind=OrganizationKind.JOINT_BRANCH)
        .exclude(nature__in=TEMPORARY)
    )
    paths = path_as_of(day)
    return [paths.get(branch.pk, branch.path) for branch in found]
