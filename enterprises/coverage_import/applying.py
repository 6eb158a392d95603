"""Writes a planned batch in one transaction: organizations, links, yearly values, log, receipt."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from core import audit
from enterprises.coverage_import.columns import kind_of
from enterprises.coverage_import.naming import organization_key
from enterprises.coverage_import.planning import Outcome, Planned, kind_for
from enterprises.coverage_import.yearly import write_years
from enterprises.models import CoverageBatch, CoverageLink, CoverageRow
from organizations.models import PartyOrganization
from organizations.services import take_over

FORM, LINK, END = "organization.form", "coverage.link", "coverage.end"
SOURCE = "coverage_import"
CHUNK = 1000
_DAY = timedelta(days=1)


def write(
    batch: CoverageBatch,
    rows: Sequence[CoverageRow],
    planned: Sequence[Planned],
    actor: AbstractBaseUser | None,
) -> dict[str, int]:
    """Everything the plan says; the rows keep what was written for them. Returns the receipt."""
    for row in rows:
        row.written = {}
    formed = _form_organizations(batch, planned, actor)
    ended = _end_links(batch, rows, planned, actor)
    linked = _create_links(batch, rows, planned, formed, actor)
    years = write_years(batch, rows, planned)
    CoverageRow.objects.bulk_update(rows, ["written", "organization"], batch_size=CHUNK)
    return {"organizations": len(formed), "links": linked, "ended": ended, "years": years}


def _form_organizations(
    batch: CoverageBatch, planned: Iterable[Planned], actor: AbstractBaseUser | None
) -> dict[str, PartyOrganization]:
    """New organizations by the key of their name, each below the committee of its enterprises."""
    wanted: dict[str, list[Planned]] = defaultdict(list)
    for one in planned:
        if one.new and one.is_linked:
            wanted[organization_key(one.new)].append(one)
    parents = {key: _parent(batch, rows) for key, rows in wanted.items()}
    made = {
        key: _organization(batch, rows, number)
        for number, (key, rows) in enumerate(wanted.items(), 1)
    }
    take_over(
        [(organization, parents[key]) for key, organization in made.items()],
        actor=actor,
        reason=f"导入{batch.get_form_display()}",
    )
    batch.receipt["formed"] = [facts_of(one) for one in made.values()]
    changes = [audit.Change(one, after=facts_of(one), scope_path=one.path) for one in made.values()]
    audit.record_many(actor=actor, verb=FORM, changes=changes, reason=str(batch))
    return made


def facts_of(organization: PartyOrganization) -> dict[str, Any]:
    """What an undo compares to see whether somebody has worked on the organization since."""
    abolished = organization.abolished_on
    return {
        "id": organization.pk,
        "name": organization.name,
        "kind": organization.kind,
        "nature": organization.nature,
        "secretary_name": organization.secretary_name,
        "established_on": str(organization.established_on),
        "abolished_on": str(abolished) if abolished else None,
    }


def _parent(batch: CoverageBatch, rows: Iterable[Planned]) -> PartyOrganization:
    """The committee that answers for most of the enterprises; the county's for the unclaimed."""
    committees = Counter(
        one.enterprise.reporting_area.committee
        if one.enterprise and one.enterprise.reporting_area
        else batch.county.committee
        for one in rows
    )
    return committees.most_common(1)[0][0]


def _organization(batch: CoverageBatch, rows: Sequence[Planned], number: int) -> PartyOrganization:
    stated = [one.stated for one in rows]
    founded = [day for one in stated if (day := one.established_on or one.since)]
    code = f"DR{batch.pk}-{number:04d}"
    return PartyOrganization(
        code=code,
        name=rows[0].new,
        kind=kind_for(stated[0], kind_of(rows[0].new)),
        established_on=min(founded, default=batch.as_of),
        secretary_name=next((one.secretary for one in stated if one.secretary), ""),
    )


def _end_links(
    batch: CoverageBatch,
    rows: Sequence[CoverageRow],
    planned: Sequence[Planned],
    actor: AbstractBaseUser | None,
) -> int:
    """Where the file's word counts, what contradicts it ends on the day the new state begins."""
    ends: dict[int, tuple[CoverageRow, date]] = {
        one.enterprise.pk: (row, one.since if one.stated.mode and one.since else batch.as_of)
        for row, one in zip(rows, planned, strict=True)
        if one.outcome is Outcome.CONFLICT and one.takes_file and one.enterprise
    }
    held = list(CoverageLink.objects.as_of(batch.as_of).filter(enterprise__in=ends))
    changes = []
    for link in held:
        row, day = ends[link.enterprise_id]
        before = {"valid_to": link.valid_to}
        link.valid_to = max(day, link.valid_from + _DAY)
        row.written.setdefault("ended", []).append(
            {"id": link.pk, "before": before["valid_to"], "after": link.valid_to}
        )
        changes.append(audit.Change(link, before=before, after={"valid_to": link.valid_to}))
    CoverageLink.objects.bulk_update(held, ["valid_to"], batch_size=CHUNK)
    audit.record_many(actor=actor, verb=END, changes=changes, reason=str(batch))
    return len(held)


def _create_links(
    batch: CoverageBatch,
    rows: Sequence[CoverageRow],
    planned: Sequence[Planned],
    formed: dict[str, PartyOrganization],
    actor: AbstractBaseUser | None,
) -> int:
    chosen = [(row, one) for row, one in zip(rows, planned, strict=True) if one.is_linked]
    history = _history(one for _, one in chosen)
    links = []
    for row, one in chosen:
        organization = one.organization or formed[organization_key(one.new)]
        row.organization = organization
        links.append(_link(batch, one, organization, history))
    CoverageLink.objects.bulk_create(links, batch_size=CHUNK)
    for (row, _), link in zip(chosen, links, strict=True):
        row.written["link"] = link_facts(link)
    changes = [
        audit.Change(link, after=link_facts(link), scope_path=row.organization.path)
        for (row, _), link in zip(chosen, links, strict=True)
        if row.organization
    ]
    audit.record_many(actor=actor, verb=LINK, changes=changes, reason=str(batch))
    return len(links)


Pair = tuple[int, int]


def _history(planned: Iterable[Planned]) -> dict[Pair, list[CoverageLink]]:
    """All links there ever were between the enterprises and organizations, oldest first."""
    found: dict[Pair, list[CoverageLink]] = defaultdict(list)
    keys = [one.enterprise.pk for one in planned if one.enterprise and one.organization]
    for link in CoverageLink.objects.filter(enterprise__in=keys).order_by("valid_from"):
        found[link.enterprise_id, link.organization_id].append(link)
    return found


def _link(
    batch: CoverageBatch,
    one: Planned,
    organization: PartyOrganization,
    history: dict[Pair, list[CoverageLink]],
) -> CoverageLink:
    """A link within the life of its organization that overlaps no other of the pair."""
    assert one.enterprise
    begin = one.since or batch.as_of
    if organization.established_on:
        begin = max(begin, organization.established_on)
    end: date | None = organization.abolished_on
    for other in history.get((one.enterprise.pk, organization.pk), ()):
        if other.valid_from > batch.as_of:
            end = min(end or other.valid_from, other.valid_from)
        elif other.valid_to:
            begin = max(begin, other.valid_to)
    return CoverageLink(
        enterprise=one.enterprise,
        organization=organization,
        mode=one.stated.mode,
        valid_from=begin,
        valid_to=end,
        source=f"{SOURCE}:{batch.pk}",
        reason=f"导入{batch.get_form_display()}"[:200],
    )


def link_facts(link: CoverageLink) -> dict[str, Any]:
    return {
        "id": link.pk,
        "mode": link.mode,
        "valid_from": str(link.valid_from),
        "valid_to": str(link.valid_to) if link.valid_to else None,
    }
