"""Last list, this list, ours: who changed decides what is adopted, kept or asked about."""

from decimal import Decimal

import pytest

from enterprises.models import EnterpriseYear, Ownership
from enterprises.services import change_enterprise, claim_area, judge_ownership, record_measures
from tests.enterprises.census.lists import (
    NEXT_SPRING,
    SPRING,
    buckets,
    firm,
    outcome,
    registered,
    stage,
    write,
)
from tests.world import World

pytestmark = pytest.mark.django_db
TEA = "清泉豆制品公司"


@pytest.fixture
def last_year(world: World) -> World:
    """A county whose register holds one enterprise of last year's list."""
    write(world.county, [firm(TEA, 1)])
    return world


def test_the_registry_changed_and_we_did_not_so_it_applies_by_itself(last_year: World) -> None:
    batch = write(last_year.county, [firm(TEA, 1, 法定代表人="李新民")], day=NEXT_SPRING)
    assert outcome(batch, TEA).changed == ["legal_representative"]
    assert registered(TEA).legal_representative == "李新民"


def test_only_we_changed_so_ours_stays_and_nobody_is_asked(last_year: World) -> None:
    ours(last_year, legal_representative="周正")
    batch = write(last_year.county, [firm(TEA, 1)], day=NEXT_SPRING)
    assert buckets(batch) == {"same": 1}
    assert registered(TEA).legal_representative == "周正"


def test_both_changed_so_the_officer_is_asked_and_undecided_means_later(last_year: World) -> None:
    ours(last_year, legal_representative="周正")
    batch = write(last_year.county, [firm(TEA, 1, 法定代表人="李新民")], day=NEXT_SPRING)
    assert outcome(batch, TEA).asked == ["legal_representative"]
    assert registered(TEA).legal_representative == "周正"
    assert batch.receipt["waiting"] == 1
    assert batch.receipt["waiting_rows"] == [[0, 2, TEA]]


def test_an_undecided_row_is_asked_about_again_next_time(last_year: World) -> None:
    ours(last_year, legal_representative="周正")
    changed = firm(TEA, 1, 法定代表人="李新民")
    write(last_year.county, [changed], day=NEXT_SPRING)
    again = stage(last_year.county, [changed], day=NEXT_SPRING)
    assert outcome(again, TEA).asked == ["legal_representative"]


def test_both_changed_to_the_same_value_is_no_change(last_year: World) -> None:
    ours(last_year, legal_representative="李新民")
    batch = stage(last_year.county, [firm(TEA, 1, 法定代表人="李新民")], day=NEXT_SPRING)
    assert buckets(batch) == {"same": 1}


def test_an_empty_cell_never_wipes_out_what_we_know(last_year: World) -> None:
    write(last_year.county, [firm(TEA, 1, 法定代表人="")], day=NEXT_SPRING)
    assert registered(TEA).legal_representative == "王建国"


def test_what_we_do_not_know_is_filled_without_a_question(last_year: World) -> None:
    batch = write(last_year.county, [firm(TEA, 1, 联系电话="13900000000")], day=NEXT_SPRING)
    assert outcome(batch, TEA).changed == ["phone"]
    assert registered(TEA).phone == "13900000000"


def test_a_second_source_that_differs_asks(last_year: World) -> None:
    batch = stage(last_year.county, [firm(TEA, 1, 法定代表人="李新民")], source="economy")
    assert outcome(batch, TEA).asked == ["legal_representative"]


def test_an_officers_judgement_of_control_survives_a_new_type(last_year: World) -> None:
    tea = registered(TEA)
    judge_ownership(
        actor=None, enterprise=tea, ownership=Ownership.PUBLIC, reason="县国资办持股", on=SPRING
    )
    batch = write(
        last_year.county,
        [firm(TEA, 1, 企业类型="有限责任公司(自然人独资)")],
        day=NEXT_SPRING,
    )
    assert outcome(batch, TEA).changed == ["enterprise_type"]
    assert registered(TEA).ownership == Ownership.PUBLIC


def test_an_officers_claim_survives_a_new_address(last_year: World) -> None:
    claim_area(actor=None, enterprises=[registered(TEA)], area=last_year.west, reason="实地核实")
    write(last_year.county, [firm(TEA, 1, 住所="江南县北湖园区路3号")], day=NEXT_SPRING)
    assert registered(TEA).reporting_area == last_year.west


def test_an_unconfirmed_area_follows_the_address(last_year: World) -> None:
    write(last_year.county, [firm(TEA, 1, 住所="江南县西河镇河街3号")], day=NEXT_SPRING)
    tea = registered(TEA)
    assert (tea.reporting_area, tea.area_reason) == (last_year.west, "住所含“西河”")


def test_capital_and_its_currency_are_one_fact(last_year: World) -> None:
    write(last_year.county, [firm(TEA, 1, 注册资本="50(万美元)")], day=NEXT_SPRING)
    tea = registered(TEA)
    assert (tea.registered_capital, tea.capital_currency) == (Decimal(500_000), "USD")


def test_unknown_columns_are_kept_under_their_own_label(last_year: World) -> None:
    write(last_year.county, [firm(TEA, 1, 网格员="赵六")], day=NEXT_SPRING)
    assert registered(TEA).extra == {"网格员": "赵六"}


def test_new_numbers_are_written_without_a_question(last_year: World) -> None:
    batch = write(last_year.county, [firm(TEA, 1, 从业人数="80")], day=NEXT_SPRING)
    assert outcome(batch, TEA).changed == ["employee_count"]
    assert EnterpriseYear.objects.get(reference_date=NEXT_SPRING).employee_count == 80


def test_numbers_reported_by_an_officer_for_the_same_date_are_asked_about(last_year: World) -> None:
    tea = registered(TEA)
    record_measures(
        actor=None, enterprise=tea, reference_date=SPRING, measures={"employee_count": 90}
    )
    batch = stage(last_year.county, [firm(TEA, 1, 从业人数="80")])
    assert outcome(batch, TEA).asked == ["employee_count"]


def test_an_older_list_adopts_nothing_by_itself(last_year: World) -> None:
    older = SPRING.replace(year=2025)
    batch = stage(last_year.county, [firm(TEA, 1, 法定代表人="李新民")], day=older)
    assert (outcome(batch, TEA).changed, outcome(batch, TEA).asked) == (
        [],
        ["legal_representative"],
    )


def ours(world: World, **facts: str) -> None:
    """An officer corrects the register between two lists."""
    change_enterprise(actor=world.clerk, enterprise=registered(TEA), facts=facts, reason="走访核实")
