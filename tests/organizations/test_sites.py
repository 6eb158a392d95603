"""Sites with the six-haves, service centres, model points: pages, constraints, sheets."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from core import deadlines
from core.dates import today
from core.models import AuditEntry
from organizations.models import (
    DemonstrationPoint,
    RatingScheme,
    Rectification,
    ServiceCentre,
    Site,
    SiteCheck,
)
from organizations.scoring import Mark
from organizations.services import close_organization, merge_organizations, sites
from organizations.site_facts import with_check
from tests.world import PARK, World

OPENED = date(2025, 1, 1)


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def opened(world: World, name: str = "北湖红色驿站", **facts: Any) -> Site:
    facts = {"organization": world.own_branch, "valid_from": OPENED, **facts}
    return sites.open_site(actor=world.clerk, site=Site(name=name, **facts))


def checked(world: World, site: Site, on: date, met: int, **facts: Any) -> SiteCheck:
    scheme = RatingScheme.objects.get(key="six_haves")
    answers = {one.pk: Mark(Decimal(one.place <= met)) for one in scheme.criteria.order_by("place")}
    facts = {"checked_by": "周组织员", "evidence": "现场查看，照片3张", **facts}
    check = SiteCheck(site=site, scheme=scheme, checked_on=on, **facts)
    return sites.record_check(actor=world.clerk, check=check, answers=answers)


def test_a_site_belongs_to_an_organization_or_an_area(world: World) -> None:
    client = desk(world.park_officer)
    facts = {"name": "驿站", "stage": "in_use", "holding": "own", "valid_from": "2026-01-01"}

    refused = client.post("/sites/new", facts)
    assert "请选择阵地所属的党组织或辖区" in refused.content.decode()
    answer = client.post("/sites/new", facts | {"organization": world.own_branch.code})

    site = Site.objects.get()
    assert answer["Location"] == f"/sites/{site.pk}"
    assert site.keeper == world.own_branch
    with pytest.raises(IntegrityError, match="site_of_someone"), transaction.atomic():
        Site.objects.filter(pk=site.pk).update(organization=None)


def test_a_neighbours_site_does_not_exist(world: World) -> None:
    site = opened(world, area=world.park)
    client = desk(world.east_officer)

    assert client.get(f"/sites/{site.pk}").status_code == 404
    assert client.post(f"/sites/{site.pk}/close", {}).status_code == 404
    assert PARK not in client.get("/sites/").content.decode()
    own = desk(world.secretary).get("/sites/").content.decode()
    assert site.name in own


def test_a_check_asks_for_every_one_of_the_six(world: World) -> None:
    site, client = opened(world), desk(world.park_officer)
    criteria = list(RatingScheme.objects.get(key="six_haves").criteria.order_by("place"))
    facts = {"checked_on": today().isoformat(), "checked_by": "周北湖", "evidence": "现场查看"}
    answers = {f"mark_{one.pk}": "1" for one in criteria}
    last = f"mark_{criteria[-1].pk}"

    page = client.post(f"/sites/{site.pk}/check", facts | answers | {last: ""}).content.decode()
    assert "有 1 处需要修改" in page
    client.post(f"/sites/{site.pk}/check", facts | answers | {last: "0"})

    check = site.checks.get()
    assert (check.result, check.is_passed) == ("5/6", False)
    page = client.get(f"/sites/{site.pk}").content.decode()
    assert "5/6" in page
    assert "有固定的负责人办公场所" in page


def test_the_latest_check_up_to_a_day_counts(world: World) -> None:
    site = opened(world)
    checked(world, site, date(2025, 6, 1), 4)
    checked(world, site, date(2026, 6, 1), 6)

    def result(day: date) -> Any:
        return with_check(Site.objects.filter(pk=site.pk), day).get().met_count

    assert [result(date(2025, 5, 31)), result(date(2026, 5, 31)), result(today())] == [None, 4, 6]


@pytest.mark.parametrize(
    ("on", "more", "field", "sentence"),
    [
        (date(2024, 12, 31), {}, "checked_on", "检查日期不在阵地使用期内"),
        (date(2099, 1, 1), {}, "checked_on", "日期不能晚于今天。"),
        (
            date(2026, 1, 1),
            {"next_check_on": date(2025, 12, 31)},
            "next_check_on",
            "下次检查日期应晚于检查日期",
        ),
        (date(2025, 6, 1), {}, "checked_on", "该阵地当天已有检查记录"),
    ],
)
def test_a_check_is_of_a_sensible_day(
    world: World, on: date, more: dict[str, Any], field: str, sentence: str
) -> None:
    site = opened(world)
    checked(world, site, date(2025, 6, 1), 6)

    with pytest.raises(ValidationError) as problem:
        checked(world, site, on, 6, **more)
    assert problem.value.message_dict == {field: [sentence]}


def test_the_page_of_a_check_names_a_next_day_too_early_once(world: World) -> None:
    site, client = opened(world), desk(world.park_officer)
    facts = {"checked_by": "周北湖", "evidence": "现场查看"}
    days = {"checked_on": "2026-01-02", "next_check_on": "2026-01-02"}

    form = client.post(f"/sites/{site.pk}/check", facts | days).context["form"]

    assert form.errors == {"next_check_on": ["下次检查日期应晚于检查日期"]}


def test_what_a_check_missed_is_listed_and_a_check_falls_due(world: World) -> None:
    site = opened(world)
    check = checked(world, site, today(), 4, next_check_on=today() + timedelta(days=20))
    client = desk(world.park_officer)
    missed = [item.criterion_id for item in check.items.filter(is_met=False)]
    form = {"criteria": missed, "responsible": "郑书记", "due_on": today().isoformat()}

    client.post(f"/sites/checks/{check.pk}/rectify", form)
    again = client.post(f"/sites/checks/{check.pk}/rectify", form)

    assert Rectification.objects.filter(organization=world.own_branch).count() == 2
    assert again.status_code == 200
    due = deadlines.due(world.park_officer, today() + timedelta(days=30))
    assert "阵地应当复查" in {one.what for one in due}
    assert not {one.what for one in deadlines.due(world.east_officer, date(2099, 1, 1))} & {
        "阵地应当复查"
    }


def test_a_site_is_given_up_once_and_after_it_opened(world: World) -> None:
    site, client = opened(world), desk(world.park_officer)
    url = f"/sites/{site.pk}/close"

    early = client.post(url, {"on": "2025-01-01", "reason": "搬迁"}).content.decode()
    assert "停用日期应晚于启用日期 2025-01-01" in early
    client.post(url, {"on": "2026-01-01", "reason": "搬迁"})
    assert (
        "该阵地已于 2026-01-01 停用"
        in client.post(url, {"on": "2026-02-01", "reason": "再停"}).content.decode()
    )
    assert list(Site.objects.as_of(date(2025, 12, 31))) == [site]
    assert not Site.objects.as_of(date(2026, 1, 1)).exists()


def test_a_site_gets_one_service_centre_and_keeps_it(world: World) -> None:
    site, client = opened(world, area=world.park), desk(world.park_officer)
    facts = {"name": "北湖党群服务中心", "level": "park", "full_time_staff": "2"}

    for hours in ("周一至周五 9:00—17:00", "周一至周日 8:30—20:30"):
        client.post(
            f"/sites/{site.pk}/centre",
            facts | {"part_time_staff": "0", "opening_hours": hours, "opens_on_holidays": "on"},
        )

    centre = ServiceCentre.objects.get()
    assert (centre.site, centre.opens_on_holidays) == (site, True)
    assert "周一至周日 8:30—20:30" in client.get("/sites/centres/").content.decode()


def point(world: World, **facts: Any) -> DemonstrationPoint:
    facts = {"title": "双强示范点", "level": "city", "awarded_by": "市委组织部", **facts}
    facts = {"organization": world.own_branch, "valid_from": date(2025, 7, 1), **facts}
    return sites.award_demonstration(actor=world.clerk, point=DemonstrationPoint(**facts))


def test_a_model_point_is_withdrawn_with_a_reason_and_stands_until_then(world: World) -> None:
    found, client = point(world), desk(world.park_officer)
    url = f"/sites/demonstrations/{found.pk}"

    early = client.post(f"{url}/withdraw", {"on": "2025-07-01", "reason": "弄虚作假"})
    assert "撤销日期应晚于命名日期 2025-07-01" in early.content.decode()
    client.post(
        f"{url}/withdraw", {"on": "2026-01-01", "reason": "弄虚作假", "document": "市〔2026〕1号"}
    )

    found.refresh_from_db()
    assert (found.valid_to, found.is_withdrawn) == (date(2026, 1, 1), True)
    assert "弄虚作假" in client.get(url).content.decode()
    assert DemonstrationPoint.objects.as_of(date(2025, 12, 31)).exists()
    with pytest.raises(IntegrityError, match="withdrawn_with_reason"), transaction.atomic():
        DemonstrationPoint.objects.update(withdrawal_reason="")


def test_an_organization_bears_a_name_once_at_a_time(world: World) -> None:
    point(world)

    with pytest.raises(ValidationError, match="该党组织在此时段已有这一级的同名示范点"):
        point(world, valid_from=date(2026, 1, 1))
    assert point(world, level="county").pk


@pytest.mark.parametrize(
    "url", ["/sites/", "/sites/centres/", "/sites/demonstrations/", "/sites/ratings/"]
)
def test_lists_take_as_many_queries_for_many_rows(
    world: World, url: str, django_assert_max_num_queries: Any
) -> None:
    client = desk(world.clerk)
    for number in range(12):
        site = opened(world, f"北湖驿站{number}", area=world.park)
        centre = ServiceCentre(site=site, name=f"北湖中心{number}", level="park")
        sites.open_centre(actor=None, centre=centre)
        point(world, title=f"北湖示范{number}")
    client.get(url)

    with django_assert_max_num_queries(8):
        client.get(url)


# Closing --------------------------------------------------------------------------------------


def test_a_merger_takes_the_places_along_and_ends_the_names(world: World) -> None:
    site = opened(world)
    checked(world, site, date(2025, 6, 1), 6)
    named = point(world)

    merge_organizations(
        actor=world.clerk,
        sources=[world.own_branch],
        into=world.park_committee,
        on=date(2026, 6, 1),
        document="县委〔2026〕8号",
    )

    site.refresh_from_db()
    named.refresh_from_db()
    assert (site.organization, site.checks.count()) == (world.park_committee, 1)
    assert named.valid_to == date(2026, 6, 1)


def test_without_an_heir_a_place_closes_unless_an_area_keeps_it(world: World) -> None:
    alone, shared = opened(world), opened(world, "园区驿站", area=world.park)
    world.own.coverage_links.all().delete()

    close_organization(
        actor=world.clerk,
        organization=world.own_branch,
        on=date(2026, 6, 1),
        document="县委〔2026〕9号",
    )

    alone.refresh_from_db()
    shared.refresh_from_db()
    assert (alone.valid_to, shared.valid_to) == (date(2026, 6, 1), None)
    assert (shared.organization, shared.keeper) == (None, world.park_committee)


def test_a_corrected_site_takes_its_earlier_word_back(world: World) -> None:
    site = opened(world, address="创业路1号")
    sites.change_site(actor=world.clerk, site=site, reason="误", address="创业路2号")
    back = f"/history/{AuditEntry.objects.get(verb='site.change').pk}/before/address"
    client, page = desk(world.park_officer), f"/sites/{site.pk}"

    assert back in client.get(page).content.decode()
    assert back not in desk(world.leader).get(page).content.decode()
    assert client.post(back, {"reason": "改回"})["Location"] == page
    site.refresh_from_db()
    assert site.address == "创业路1号"
