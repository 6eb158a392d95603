"""Paths in the tree of organizations: computed from dated placements, stored for today.

A path is one fixed-width segment per level, so that a subtree is exactly a prefix.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.models import Case, F, When

from core.dates import today
from core.pinyin import search_key
from organizations.models.change import ChangeKind, OrganizationChange
from organizations.models.organization import PartyOrganization
from organizations.models.period import OrganizationPeriod
from organizations.models.placement import Placement

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEGMENT = 6  # characters; 36**6 organizations


class Cycle(ValueError):
    """An organization would stand below itself."""


def segment(organization_id: int) -> str:
    digits = ""
    while organization_id:
        organization_id, digit = divmod(organization_id, 36)
        digits = DIGITS[digit] + digits
    return digits.rjust(SEGMENT, "0")


def depth(path: str) -> int:
    """Levels above: 0 for the topmost organization."""
    return len(path) // SEGMENT - 1


def parents_as_of(day: date) -> dict[int, int | None]:
    """The superior of each organization that had a place in the tree on that day."""
    rows = Placement.objects.as_of(day).order_by()
    return dict(rows.values_list("organization_id", "parent_id"))


def path_as_of(day: date) -> dict[int, str]:
    """The path of each organization that had a place in the tree on that day."""
    return paths(parents_as_of(day))


def paths(parents: Mapping[int, int | None]) -> dict[int, str]:
    """Paths out of (organization → superior); raises Cycle."""
    found: dict[int, str] = {}
    for start in parents:
        line: list[int] = []
        here: int | None = start
        while here is not None and here not in found:
            if here in line:
                raise Cycle(here)
            line.append(here)
            here = parents.get(here)
        above = found[here] if here is not None else ""
        for organization in reversed(line):
            above = found[organization] = above + segment(organization)
    return found


@dataclass(frozen=True)
class Line:
    """One organization of a printed tree; `level` counts from the topmost one shown."""

    organization: PartyOrganization
    level: int

    @property
    def indent(self) -> str:
        return "\u3000" * self.level  # as wide as a Chinese character


def in_order(organizations: Iterable[PartyOrganization]) -> list[Line]:
    """Each organization after its superior, neighbours in the official order."""
    by_path = {one.path: one for one in organizations}

    def line(path: str) -> list[PartyOrganization]:
        ends = range(SEGMENT, len(path) + 1, SEGMENT)
        return [by_path[path[:end]] for end in ends if path[:end] in by_path]

    lines = {path: line(path) for path in by_path}
    order = sorted(lines.values(), key=lambda one: [(o.official_order, o.code) for o in one])
    return [Line(above[-1], len(above) - 1) for above in order]


def plant(
    pairs: Sequence[tuple[PartyOrganization, PartyOrganization | None]],
    *,
    document: str = "",
    reason: str = "",
) -> None:
    """Save new organizations (each with its superior, superiors first) and place them.

    Each is placed and named from the day it was established to the day it was abolished.
    """
    lock()
    for number, (organization, _) in enumerate(pairs):
        organization.path = f"~{number}"
        organization.search_key = search_key(organization.name)
    organizations = [one for one, _ in pairs]
    PartyOrganization.objects.bulk_create(organizations, batch_size=1000)
    for organization, parent in pairs:
        organization.path = (parent.path if parent else "") + segment(organization.pk)
    PartyOrganization.objects.bulk_update(organizations, ["path"], batch_size=1000)
    Placement.objects.bulk_create(
        Placement(
            organization=organization,
            parent=parent,
            document=document,
            reason=reason,
            **_life(organization),
        )
        for organization, parent in pairs
    )
    OrganizationPeriod.objects.bulk_create(
        OrganizationPeriod(
            organization=organization,
            name=organization.name,
            kind=organization.kind,
            nature=organization.nature,
            **_life(organization),
        )
        for organization in organizations
    )


def _life(organization: PartyOrganization) -> dict[str, date | None]:
    return {
        "valid_from": organization.established_on or today(),
        "valid_to": organization.abolished_on,
    }


def uproot(organization: PartyOrganization) -> None:
    """Take back what `plant` saved; raises ProtectedError if something needs it."""
    organization.placements.all().delete()
    organization.periods.all().delete()
    founding = OrganizationChange.objects.about(organization.pk).filter(kind=ChangeKind.FORM)
    founding.delete()
    organization.delete()


# Acts on places --------------------------------------------------------------------------------


def lock() -> None:
    """Let acts on the tree follow each other; the same lock as the check at their end takes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(72616, 1)")


def standing(
    organization: PartyOrganization, on: date, *, may_start: bool = False, may_end: bool = False
) -> Placement:
    """The place that an act of that day may change; raises ValidationError at `on`.

    It must be the last one, and begin before the day unless `may_start`; `may_end` accepts a place
    that another act has ended for a later day.
    """
    lock()
    found = organization.placements.as_of(on).select_related("parent")
    present: Placement | None = found.first()
    if present is None:
        raise ValidationError({"on": _why_no_place(organization, on)})
    if present.valid_to is not None and not may_end:
        raise ValidationError({"on": "该日之后已有隶属变动，请先核对。"})
    if present.valid_from == on and not may_start:
        raise ValidationError({"on": "该日已有隶属变动，生效日期应在其后。"})
    return present


def require_place(organization: PartyOrganization, on: date, *, field: str) -> None:
    """Refuse, at `field`, an organization that does not stand in the tree on that day."""
    if not organization.placements.as_of(on).exists():
        raise ValidationError({field: _why_no_place(organization, on)})


def _why_no_place(organization: PartyOrganization, on: date) -> str:
    first = organization.placements.order_by("valid_from").first()
    if first is None or on < first.valid_from:
        since = f"，成立日期为 {first.valid_from}" if first else ""
        return f"“{organization}”在 {on} 尚未成立{since}。"
    return f"“{organization}”在 {on} 已撤销。"


def place(
    present: Placement, parent: PartyOrganization, on: date, *, document: str, reason: str
) -> Placement:
    """End the present place and begin another one."""
    present.valid_to = on
    present.save(update_fields=["valid_to"])
    return Placement.objects.create(
        organization_id=present.organization_id,
        parent=parent,
        valid_from=on,
        document=document,
        reason=reason,
    )


_RULE = "organizations_placement_tree"
_REFUSALS = {
    "organizations_placement_cycle": "上级党组织不能是它自己的下级。",
    "organizations_placement_superior": "上级党组织已撤销或将在期间撤销，不能再有下级。",
    "organizations_placement_other": "上级党组织不能是它自己。",
}


def check_places(field: str = "parent") -> None:
    """Ask the database now whether the tree of every day stands; raises ValidationError."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {_RULE} IMMEDIATE")
            cursor.execute(f"SET CONSTRAINTS {_RULE} DEFERRED")
    except IntegrityError as problem:
        name = getattr(getattr(problem.__cause__, "diag", None), "constraint_name", "")
        if name not in _REFUSALS:
            raise
        raise ValidationError({field: _REFUSALS[name]}) from None


# Stored paths ----------------------------------------------------------------------------------

_followers: list[tuple[str, str]] = [("organizations.PartyOrganization", "path")]


def follow(model: str, field: str) -> None:
    """Say where paths of organizations are stored, so that they follow a move."""
    if (model, field) not in _followers:
        _followers.append((model, field))


def followers() -> list[tuple[str, str]]:
    """Every (model, field) that follows."""
    return list(_followers)


def refresh_paths(day: date | None = None) -> int:
    """Store the paths of today (or `day`) wherever they stand; returns how many moved.

    Abolished organizations stay below their last superior, planned ones below their first.
    """
    wanted = paths(_last_parents(day or today()))
    stored = PartyOrganization.objects.order_by().values_list("pk", "path")
    moved = [(old, wanted[pk]) for pk, old in stored if wanted.get(pk, old) != old]
    if moved:
        _rewrite(moved)
    return len(moved)


def _last_parents(day: date) -> dict[int, int | None]:
    """The superior of each organization on the day, else the last before it, else the first."""
    begun = Case(When(valid_from__lte=day, then=F("valid_from"))).desc(nulls_last=True)
    rows = Placement.objects.order_by("organization_id", begun, "valid_from")
    return dict(rows.distinct("organization_id").values_list("organization_id", "parent_id"))


def _rewrite(moved: Sequence[tuple[str, str]]) -> None:
    """Each (old, new) path in one statement for each table."""
    pairs = {"old": [old for old, _ in moved], "new": [new for _, new in moved]}
    with connection.cursor() as cursor:
        for label, field in _followers:
            table = apps.get_model(label)._meta.db_table
            cursor.execute(
                f"UPDATE {table} t SET {field} = m.new"
                f' FROM unnest(%(old)s::text[], %(new)s::text[]) AS m("old", "new")'
                f" WHERE t.{field} = m.old",
                pairs,
            )
