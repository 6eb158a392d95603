"""A row that bears the code of one enterprise and everything else of another."""

import pytest
from django.test import Client

from enterprises.census.apply import apply_batch
from enterprises.models import CensusIssue, Choice
from tests.enterprises.census.lists import NEXT_SPRING, firm, outcome, registered, stage, write
from tests.enterprises.census.test_missing import say
from tests.world import World

pytestmark = pytest.mark.django_db
TEA, STRANGER = "清泉豆制品公司", "远山商贸有限公司"
ELSEWHERE = {"法定代表人": "李新民", "住所": "江南县西河镇河街9号"}


@pytest.fixture
def last_year(world: World) -> World:
    write(world.county, [firm(TEA, 1)])
    return world


def test_it_is_asked_about_and_changes_nothing_by_itself(last_year: World) -> None:
    batch = write(
        last_year.county, [firm(STRANGER, 1, **ELSEWHERE, 联系电话="13900000000")], day=NEXT_SPRING
    )

    found = outcome(batch, STRANGER)
    assert set(found.asked) >= {"name", "registered_address", "legal_representative"}
    assert "phone" in found.changed
    assert batch.issue_counts["identity_doubtful"] == 1
    assert registered(TEA).phone == ""
    assert batch.receipt["waiting"] == 1


@pytest.mark.parametrize(
    "row",
    [
        firm(TEA, 1, **ELSEWHERE),
        firm("清泉（豆制品）公司", 1, **ELSEWHERE),
        firm(STRANGER, 1, 法定代表人="李新民"),
        firm(STRANGER, 1, 住所="江南县西河镇河街9号"),
        firm(STRANGER, 1, 住所="江南县西河镇河街9号", 法定代表人=""),
    ],
)
def test_one_fact_that_agrees_is_enough(last_year: World, row: dict[str, str]) -> None:
    batch = stage(last_year.county, [row], day=NEXT_SPRING)

    assert not CensusIssue.objects.filter(batch=batch, code="identity_doubtful").exists()
    assert outcome(batch, row["企业名称"]).asked == []


def test_what_we_did_not_know_cannot_disagree(last_year: World) -> None:
    write(last_year.county, [firm("双溪面粉厂", 2, 法定代表人="")])
    row = firm(STRANGER, 2, **ELSEWHERE)

    assert outcome(stage(last_year.county, [row], day=NEXT_SPRING), STRANGER).asked == []


def test_the_officer_sees_both_sides_and_adopts(last_year: World, client: Client) -> None:
    batch = stage(last_year.county, [firm(STRANGER, 1, **ELSEWHERE)], day=NEXT_SPRING)
    client.force_login(last_year.clerk)
    page = client.get(f"/imports/{batch.pk}/review?bucket=changed").content.decode()

    assert "代码相同但名称、住所、法定代表人均不同，请核对" in page
    assert TEA in page
    assert STRANGER in page
    say(last_year, batch, Choice.ADOPT)
    apply_batch(actor=last_year.clerk, batch=batch)
    assert registered(STRANGER).legal_representative == "李新民"


def test_judging_anew_does_not_say_it_twice(last_year: World) -> None:
    from enterprises.census.reconcile import reconcile

    batch = stage(last_year.county, [firm(STRANGER, 1, **ELSEWHERE)], day=NEXT_SPRING)
    reconcile(batch)

    assert CensusIssue.objects.filter(batch=batch, code="identity_doubtful").count() == 1
