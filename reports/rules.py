"""What makes an enterprise above scale or due to form, given the county's decisions of a day."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class DueRule(StrEnum):
    """When an enterprise ought to have an organization."""

    THREE_FULL_MEMBERS = "three_full_members"
    OR_PARTY_SCALE = "or_party_scale"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [
            (cls.THREE_FULL_MEMBERS.value, "有三名以上正式党员"),
            (cls.OR_PARTY_SCALE.value, "有三名以上正式党员或规模以上(党建口径)"),
        ]


class ScaleDefinition(StrEnum):
    PARTY = "party"
    STATISTICAL = "statistical"

    @property
    def label(self) -> str:
        return dict(self.choices())[self.value]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(cls.PARTY.value, "党建口径"), (cls.STATISTICAL.value, "统计口径")]


@dataclass(frozen=True)
class CoverageRules:
    """The decisions under which the figures of one day are computed (reports.parameters)."""

    minimum: int = 3
    due_rule: DueRule = DueRule.THREE_FULL_MEMBERS
    counted_modes: tuple[str, ...] = ("single", "joint", "hosted", "attached", "grid")
    counts_temporary: bool = False
    scale_definition: ScaleDefinition = ScaleDefinition.PARTY
    scale_staff: int = 50
    scale_revenue: Decimal = Decimal(5_000_000)
    scale_staff_alone: int = 100
    joint_limit: int = 5
    joint_alarm: int = 10
    population: str = "operating"
    covered_staff: int = 50
    new_months: int = 12
    formation_days: int = 90


def party_scale(
    rules: CoverageRules, employees: int | None, revenue: Decimal | None
) -> bool | None:
    """Above scale in the sense of party building; None where a missing number would decide."""
    if employees is None:
        return None
    if employees >= rules.scale_staff_alone:
        return True
    if employees < rules.scale_staff:
        return False
    return None if revenue is None else revenue >= rules.scale_revenue


def is_due_to_form(rules: CoverageRules, full_members: int | None, *, above_scale: bool) -> bool:
    """Whether the enterprise ought to have an organization; probationary members never count."""
    if (full_members or 0) >= rules.minimum:
        return True
    return rules.due_rule is DueRule.OR_PARTY_SCALE and above_scale
