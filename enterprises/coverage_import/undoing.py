"""Takes a written batch back: what was reversed, what stays because it was edited, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from core import audit
from enterprises.coverage_import import applying, yearly
from enterprises.coverage_import.own import is_taken
from enterprises.models import CoverageBatch, CoverageLink, CoverageRow, EnterpriseYear
from organizations import tree
from organizations.models import PartyOrganization

UNDO = "coverage.undo"
LISTED = 200


@dataclass
class Receipt:
    """Numbers by kind, and sentences about whatever could not be reversed."""

    reversed: dict[str, int] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    impossible: list[str] = field(default_factory=list)

    def count(self, kind: str) -> None:
        self.reversed[kind] = self.reversed.get(kind, 0) + 1

    def as_json(self) -> dict[str, Any]:
        return {
            "reversed": self.reversed,
            "kept": self.kept[:LISTED],
            "kept_count": len(self.kept),
            "impossible": self.impossible[:LISTED],
            "impossible_count": len(self.impossible),
        }


def reverse(batch: CoverageBatch, actor: AbstractBaseUser | None) -> dict[str, Any]:
    """Reverse in the opposite order of writing; a later edit always wins."""
    rows = list(batch.rows.exclude(written={}).select_related("enterprise"))
    receipt = Receipt()
    _reverse_years(batch, rows, receipt)
    _reverse_links(rows, receipt, actor)
    _reopen_links(rows, receipt, actor)
    _dissolve(batch, receipt, actor)
    return receipt.as_json()


def _reverse_years(batch: CoverageBatch, rows: Iterable[CoverageRow], receipt: Receipt) -> None:
    written = {row.enterprise_id: row for row in rows if "year" in row.written}
    years = EnterpriseYear.objects.filter(
        enterprise__in=written, reference_date=batch.as_of
    ).select_related("enterprise")
    restored, dropped = [], []
    for year in years:
        change = written[year.enterprise_id].written["year"]
        if yearly.facts_of(year) != change["after"]:
            receipt.kept.append(f"“{year.enterprise}”{batch.as_of}的年度记录后来又改过")
        elif change["before"] is None:
            dropped.append(year.pk)
            receipt.count("years")
        else:
            yearly.restore(year, change["before"])
            restored.append(year)
            receipt.count("years")
    EnterpriseYear.objects.filter(pk__in=dropped).delete()
    fields = ["employee_count", "annual_revenue", "member_count", "is_party_scale", "reported"]
    EnterpriseYear.objects.bulk_update(restored, fields, batch_size=yearly.CHUNK)


def _reverse_links(
    rows: Iterable[CoverageRow], receipt: Receipt, actor: AbstractBaseUser | None
) -> None:
    written = {row.written["link"]["id"]: row for row in rows if "link" in row.written}
    links = CoverageLink.objects.filter(pk__in=written).select_related("enterprise", "organization")
    found = {link.pk: link for link in links}
    changes = []
    for pk, row in written.items():
        link = found.get(pk)
        if link is None:
            receipt.kept.append(f"“{row.enterprise}”的覆盖关系后来已被删除")
        elif applying.link_facts(link) != row.written["link"]:
            receipt.kept.append(f"“{link.enterprise}”与“{link.organization}”的覆盖关系后来又改过")
        else:
            changes.append(audit.Change(link, before=applying.link_facts(link)))
            receipt.count("links")
    audit.record_many(actor=actor, verb=UNDO, changes=changes)
    CoverageLink.objects.filter(pk__in=[change.target.pk for change in changes]).delete()


def _reopen_links(
    rows: Iterable[CoverageRow], receipt: Receipt, actor: AbstractBaseUser | None
) -> None:
    ended = {end["id"]: end for row in rows for end in row.written.get("ended", ())}
    links = CoverageLink.objects.filter(pk__in=ended).select_related("enterprise", "organization")
    reopened, changes = [], []
    for link in links:
        end = ended[link.pk]
        if str(link.valid_to) != str(end["after"]):
            receipt.kept.append(f"“{link.enterprise}”与“{link.organization}”的覆盖关系后来又改过")
            continue
        until = date.fromisoformat(end["before"]) if end["before"] else None
        if is_taken(link, until):
            receipt.kept.append(f"“{link.organization}”后来已在别的企业单独组建")
            continue
        before = {"valid_to": link.valid_to}
        link.valid_to = until
        changes.append(audit.Change(link, before=before, after={"valid_to": link.valid_to}))
        reopened.append(link)
        receipt.count("ended")
    CoverageLink.objects.bulk_update(reopened, ["valid_to"], batch_size=applying.CHUNK)
    audit.record_many(actor=actor, verb=UNDO, changes=changes)


def _dissolve(batch: CoverageBatch, receipt: Receipt, actor: AbstractBaseUser | None) -> None:
    """Organizations of the batch that nobody changed and nothing else needs."""
    formed = {facts["id"]: facts for facts in batch.receipt.get("formed", ())}
    for organization in PartyOrganization.objects.filter(pk__in=formed).order_by("-path"):
        facts = applying.facts_of(organization)
        if facts != formed[organization.pk]:
            receipt.kept.append(f"党组织“{organization}”的资料后来又改过")
            continue
        try:
            with transaction.atomic():
                audit.record(actor=actor, verb=UNDO, target=organization, before=facts)
                tree.uproot(organization)
        except (ProtectedError, RestrictedError):
            receipt.impossible.append(f"党组织“{organization}”已有其他企业、人员或下级党组织")
        else:
            receipt.count("organizations")
