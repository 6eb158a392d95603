"""Rows of a coverage file that would give one own branch to two enterprises."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from enterprises.coverage_import.naming import organization_key
from enterprises.coverage_import.planning import Outcome, Planned
from enterprises.models import CoverageBatch, CoverageLink, FormationMode

_CLAIMS = (Outcome.LINK, Outcome.CONFLICT, Outcome.SAME)


def refuse_shared(planned: Iterable[Planned], batch: CoverageBatch) -> None:
    """单独组建的党组织只属于一家企业: the register and the first row of the file come first."""
    claims = [
        one for one in planned if one.stated.mode == FormationMode.SINGLE and one.outcome in _CLAIMS
    ]
    taken = _links_of(one.organization.pk for one in claims if one.organization)
    first: dict[int | str, Planned] = {}
    for one in claims:
        key = one.organization.pk if one.organization else organization_key(one.new)
        earlier = first.setdefault(key, one)
        name = one.organization or one.new
        if earlier.enterprise != one.enterprise:
            number = earlier.stated.number
            one.settle(Outcome.ERROR, f"“{name}”在第 {number} 行已单独组建，只属于一家企业")
        elif one.organization and (held := _other(one, taken[one.organization.pk], batch.as_of)):
            one.settle(
                Outcome.ERROR,
                f"“{name}”自 {held.valid_from} 起已在“{held.enterprise}”单独组建，只属于一家企业",
            )


def _links_of(organizations: Iterable[int]) -> dict[int, list[CoverageLink]]:
    found: dict[int, list[CoverageLink]] = defaultdict(list)
    links = CoverageLink.objects.filter(
        organization__in=list(organizations), mode=FormationMode.SINGLE
    )
    for link in links.select_related("enterprise").order_by("valid_from"):
        found[link.organization_id].append(link)
    return found


def _other(one: Planned, links: Iterable[CoverageLink], as_of: date) -> CoverageLink | None:
    """A link of the branch to another enterprise that ends after the stated one begins."""
    begin = one.since or as_of
    for link in links:
        if link.enterprise != one.enterprise and (link.valid_to is None or link.valid_to > begin):
            return link
    return None


def is_taken(link: CoverageLink, until: date | None) -> bool:
    """Whether the own branch of an ended link belongs to another enterprise before `until`."""
    if link.mode != FormationMode.SINGLE:
        return False
    since = link.valid_to or link.valid_from
    others = CoverageLink.objects.filter(organization=link.organization, mode=FormationMode.SINGLE)
    others = others.exclude(pk=link.pk).filter(Q(valid_to=None) | Q(valid_to__gt=since))
    return (others.filter(valid_from__lt=until) if until else others).exists()
