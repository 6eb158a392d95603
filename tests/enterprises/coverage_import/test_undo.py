"""A written coverage file can be taken back, and the receipt says what could not."""

from datetime import date
from typing import Any

from core.models import AuditEntry
from enterprises.coverage_import import batches
from enterprises.models import CoverageBatch, CoverageLink, FormationMode
from organizations.models import PartyOrganization
from tests.builders import cover, make_organization
from tests.enterprises.coverage_import.files import applied, outcomes, planned, rows_of
from tests.reports.county import DAY, County


def taken_back(batch: CoverageBatch) -> Any:
    return batches.undo(actor=None, batch=batch).undo_receipt


def test_undo_removes_the_links_and_organizations_of_the_batch(county: County) -> None:
    county.enterprise("甲有限公司")
    before = PartyOrganization.objects.count()
    batch = applied(county, ("", "甲有限公司", "甲支部", "单独", ""))
    receipt = taken_back(batch)
    assert receipt["reversed"] == {"links": 1, "organizations": 1}
    assert (receipt["kept_count"], receipt["impossible_count"]) == (0, 0)
    assert not CoverageLink.objects.exists()
    assert PartyOrganization.objects.count() == before
    assert AuditEntry.objects.filter(verb="coverage.undo").count() == 2


def test_undo_reopens_the_links_that_the_batch_had_ended(county: County) -> None:
    firm = county.enterprise("甲有限公司")
    held = cover(firm, make_organization("旧支部", parent=county.east_committee))
    row = ("", "甲有限公司", "新支部", "联合", "2025-06-01")
    taken_back(applied(county, row, replaces=True))
    held.refresh_from_db()
    assert held.valid_to is None
    assert firm.coverage_links.count() == 1


def test_what_was_edited_since_is_kept_and_named(county: County) -> None:
    firm = county.enterprise("甲有限公司")
    batch = applied(county, ("", "甲有限公司", "甲支部", "单独", ""))
    firm.coverage_links.update(valid_to=date(2026, 1, 31))
    receipt = taken_back(batch)
    assert receipt["kept"] == ["“甲有限公司”与“甲支部”的覆盖关系后来又改过"]
    assert receipt["impossible"] == ["党组织“甲支部”已有其他企业、人员或下级党组织"]
    assert CoverageLink.objects.count() == 1


def test_an_organization_that_others_use_now_stays(county: County) -> None:
    county.enterprise("甲有限公司")
    batch = applied(county, ("", "甲有限公司", "甲支部", "单独", ""))
    formed = PartyOrganization.objects.get(name="甲支部")
    cover(county.enterprise("乙有限公司"), formed, mode=FormationMode.HOSTED)
    receipt = taken_back(batch)
    assert receipt["reversed"] == {"links": 1}
    assert receipt["impossible_count"] == 1
    assert PartyOrganization.objects.filter(pk=formed.pk).exists()


def test_a_renamed_organization_stays(county: County) -> None:
    county.enterprise("甲有限公司")
    batch = applied(county, ("", "甲有限公司", "甲支部", "单独", ""))
    PartyOrganization.objects.filter(name="甲支部").update(name="甲公司支部")
    assert taken_back(batch)["kept"] == ["党组织“甲公司支部”的资料后来又改过"]


def test_a_batch_is_taken_back_once_and_can_be_imported_anew(county: County) -> None:
    firm = county.enterprise("甲有限公司")
    row = ("", "甲有限公司", "甲支部", "单独", "")
    batch = applied(county, row)
    taken_back(batch)
    batch.refresh_from_db()
    assert batch.state == CoverageBatch.State.UNDONE
    applied(county, row)
    assert firm.coverage_links.as_of(DAY).count() == 1


def test_a_row_of_a_file_does_not_keep_an_enterprise_in_the_register(county: County) -> None:
    firm = county.enterprise("甲有限公司")
    batch = planned(county, ("", "甲有限公司", "甲支部", "单独", ""))
    firm.delete()
    (row,) = rows_of(batch)
    assert row.stated["name"] == "甲有限公司"
    after = batches.apply(actor=None, batch=batch)
    assert outcomes(after) == ["not_found"]
