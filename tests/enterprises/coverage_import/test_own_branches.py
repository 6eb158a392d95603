"""A branch of its own belongs to one enterprise, in files as everywhere."""

from datetime import date

from enterprises.coverage_import import batches
from enterprises.models import CoverageRow
from tests.builders import cover, make_organization
from tests.enterprises.coverage_import.files import applied, outcomes, planned, rows_of
from tests.reports.county import County

Outcome = CoverageRow.Outcome
LATER = date(2026, 2, 1)


def test_the_second_row_that_claims_an_own_branch_names_the_first(county: County) -> None:
    county.enterprise("甲有限公司")
    county.enterprise("乙有限公司")
    rows = [("", f"{name}有限公司", "红星支部", "单独", "") for name in "甲乙"]
    batch = planned(county, *rows)
    assert outcomes(batch) == [Outcome.LINK, Outcome.ERROR]
    assert rows_of(batch)[1].message == "“红星支部”在第 2 行已单独组建，只属于一家企业"
    assert batches.apply(actor=None, batch=batch).receipt["links"] == 1


def test_an_own_branch_of_the_register_is_not_given_away(county: County) -> None:
    own = make_organization("红星支部", parent=county.east_committee)
    cover(county.enterprise("甲有限公司"), own)
    county.enterprise("乙有限公司")
    batch = planned(county, ("", "乙有限公司", "红星支部", "单独", ""))
    assert [(row.outcome, row.message) for row in rows_of(batch)] == [
        (Outcome.ERROR, "“红星支部”自 2020-01-01 起已在“甲有限公司”单独组建，只属于一家企业")
    ]


def test_an_own_branch_that_was_given_up_may_be_anothers(county: County) -> None:
    own = make_organization("红星支部", parent=county.east_committee)
    cover(county.enterprise("甲有限公司"), own, until=date(2024, 1, 1))
    county.enterprise("乙有限公司")
    rows = ("", "乙有限公司", "红星支部", "单独", "2024-01-01")
    assert outcomes(planned(county, rows)) == [Outcome.LINK]
    assert outcomes(planned(county, (*rows[:4], "2023-12-31"))) == [Outcome.ERROR]


def test_undo_does_not_reopen_a_link_whose_branch_went_to_another(county: County) -> None:
    own = make_organization("红星支部", parent=county.east_committee)
    held = cover(county.enterprise("甲有限公司"), own)
    row = ("", "甲有限公司", "联合支部", "联合", "2025-06-01")
    batch = applied(county, row, replaces=True)
    cover(county.enterprise("乙有限公司"), own, since=LATER)
    receipt = batches.undo(actor=None, batch=batch).undo_receipt
    held.refresh_from_db()
    assert held.valid_to == date(2025, 6, 1)
    assert receipt["kept"] == ["“红星支部”后来已在别的企业单独组建"]
