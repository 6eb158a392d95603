"""A list that lacks much of what earlier lists held is hardly whole: a person has to say so."""

from datetime import date

import pytest
from django.test import Client

from core.models import AuditEntry, ParameterValue
from enterprises.census.apply import apply_batch
from enterprises.census.shortness import SHORT_SHARE, shortness
from enterprises.models import BatchState, CensusBatch, Choice, Enterprise, EnterpriseYear
from tests.enterprises.census.lists import NEXT_SPRING, buckets, firm, stage, write
from tests.enterprises.census.test_missing import say
from tests.world import World

pytestmark = pytest.mark.django_db
AUTUMN, LATER = date(2026, 9, 30), date(2028, 3, 31)
FIRMS = [firm(f"清泉第{n}豆制品公司", n) for n in range(1, 11)]


@pytest.fixture
def known(world: World) -> World:
    """Ten enterprises stood on the list of the spring."""
    write(world.county, FIRMS)
    return world


@pytest.mark.parametrize(("listed", "is_short"), [(7, True), (8, False), (10, False)])
def test_three_of_ten_missing_is_worth_a_question(
    known: World, listed: int, is_short: bool
) -> None:
    batch = stage(known.county, FIRMS[:listed], day=NEXT_SPRING)

    assert bool(shortness(batch)) == is_short


def test_the_question_names_both_numbers(known: World) -> None:
    found = shortness(stage(known.county, FIRMS[:6], day=NEXT_SPRING))

    assert found
    assert found.sentence == (
        "市场监管以前的名单上有 10 家，这次有 4 家不在名单里（40.0%），名单可能不完整"
    )


def test_the_county_sets_the_share_by_date(known: World) -> None:
    ParameterValue.objects.create(
        key=SHORT_SHARE.key, value=60, valid_from=NEXT_SPRING, document="县委组织部通知"
    )

    assert not shortness(stage(known.county, FIRMS[:6], day=NEXT_SPRING))
    assert shortness(stage(known.county, FIRMS[:6], day=AUTUMN))


def test_who_was_missed_or_closed_before_is_not_expected_again(known: World) -> None:
    write(known.county, FIRMS[:6], day=AUTUMN)
    first = stage(known.county, FIRMS[:6], day=NEXT_SPRING)

    assert buckets(first) == {"same": 6, "not_seen": 4}
    assert not shortness(first)

    say(known, first, Choice.DEREGISTERED, bucket="not_seen")
    apply_batch(actor=known.clerk, batch=first)
    assert not shortness(stage(known.county, FIRMS[:5], day=LATER))


def test_who_came_back_is_expected_again(known: World) -> None:
    write(known.county, FIRMS[:6], day=AUTUMN)
    write(known.county, FIRMS, day=NEXT_SPRING)

    assert shortness(stage(known.county, FIRMS[:6], day=LATER))


def test_a_township_list_is_measured_by_the_township(known: World) -> None:
    Enterprise.objects.filter(name=FIRMS[0]["企业名称"]).update(reporting_area=known.west)
    Enterprise.objects.filter(name=FIRMS[1]["企业名称"]).update(reporting_area=known.west)

    found = shortness(stage(known.county, FIRMS[:1], day=NEXT_SPRING, area=known.west))

    assert found
    assert (found.missing.numerator, found.missing.denominator) == (1, 2)


@pytest.fixture
def short(known: World, client: Client) -> CensusBatch:
    client.force_login(known.clerk)
    return stage(known.county, FIRMS[:6], day=NEXT_SPRING)


def test_the_pages_ask_before_anything_is_written(short: CensusBatch, client: Client) -> None:
    review = client.get(f"/imports/{short.pk}/review").content.decode()
    confirm = client.get(f"/imports/{short.pk}/confirm").content.decode()
    refused = client.post(f"/imports/{short.pk}/confirm", follow=True).content.decode()

    for page in (review, confirm, refused):
        assert "这次有 4 家不在名单里" in page
    assert "请勾选“这是完整名单”" in refused
    short.refresh_from_db()
    assert short.state == BatchState.RECONCILED


def test_the_officers_word_is_logged_and_lets_the_list_pass(
    short: CensusBatch, client: Client
) -> None:
    answer = client.post(f"/imports/{short.pk}/confirm", {"whole": "1"})

    assert answer["Location"] == f"/imports/{short.pk}"
    said = AuditEntry.objects.get(verb="census.decide")
    assert said.after == {"choice": "whole_list", "rows": 4}


def test_a_supplementary_list_marks_nobody(short: CensusBatch, client: Client) -> None:
    page = client.post(
        f"/imports/{short.pk}/confirm", {"supplementary": "1"}, follow=True
    ).content.decode()
    short.refresh_from_db()

    assert "补充名单" in page
    assert "不在名单里" not in page
    assert buckets(short) == {"same": 6}
    apply_batch(actor=None, batch=short)
    assert not EnterpriseYear.objects.exclude(not_seen_by=[]).exists()


def test_what_is_written_cannot_become_supplementary(short: CensusBatch, client: Client) -> None:
    apply_batch(actor=None, batch=short)
    client.post(f"/imports/{short.pk}/confirm", {"supplementary": "1"})

    short.refresh_from_db()
    assert not short.is_partial
    assert EnterpriseYear.objects.exclude(not_seen_by=[]).count() == 4
