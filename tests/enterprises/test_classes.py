"""One reporting area for the figures, and buildings, markets, grids and chains beside it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from core.models import AuditEntry
from enterprises import classifying, services
from enterprises.models import Enterprise, EnterpriseClassification, EnterprisePeriod
from organizations import importing, sheets
from organizations.models import Area, AreaKind
from organizations.services import change_area
from tests.builders import make_area
from tests.world import EAST, WEST, World

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def tower(world: World, name: str = "东岭大厦", **facts: Any) -> Area:
    facts = {"kind": AreaKind.BUILDING, "parent": world.east, **facts}
    return make_area(name, committee=world.east_committee, **facts)


def put(world: World, area: Area, *firms: Enterprise, on: date = MARCH) -> int:
    return classifying.classify(
        actor=world.clerk, enterprises=firms, area=area, on=on, reason="入驻"
    )


# The reporting area ---------------------------------------------------------------------------


def test_a_building_is_no_reporting_area(world: World) -> None:
    with pytest.raises(ValidationError, match="统计辖区只能是乡镇、街道或园区，“东岭大厦”是楼宇"):
        services.claim_area(
            actor=world.clerk, enterprises=[world.joint], area=tower(world), reason="误"
        )


def test_the_database_holds_to_it_whoever_writes(world: World) -> None:
    building = tower(world)
    sentence = "统计辖区只能是乡镇、街道或园区"

    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        EnterprisePeriod.objects.filter(enterprise=world.joint).update(reporting_area=building)
    EnterprisePeriod.objects.filter(enterprise=world.joint).delete()
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        EnterprisePeriod.objects.create(
            enterprise=world.joint,
            valid_from=MARCH,
            operating_status="in_operation",
            unit_kind="enterprise",
            ownership="private",
            reporting_area=building,
        )
    with pytest.raises(IntegrityError, match="只能是乡镇、街道或园区"), transaction.atomic():
        Area.objects.filter(pk=world.east.pk).update(kind=AreaKind.MARKET)


def test_an_area_with_firms_keeps_its_kind_and_stays_open(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        change_area(actor=world.clerk, area=world.east, kind=AreaKind.MARKET, closed_on=JUNE)

    assert refused.value.message_dict == {
        "kind": ["有企业以它为统计辖区，类别只能是乡镇、街道或园区"],
        "closed_on": ["撤销之日仍有 2 家企业以它为统计辖区，请先变更"],
    }


def test_a_township_may_become_a_street(world: World) -> None:
    change_area(actor=world.clerk, area=world.east, kind=AreaKind.STREET, reason="撤镇设街道")

    world.east.refresh_from_db()
    assert world.east.kind == AreaKind.STREET


def test_a_park_names_its_level_and_others_have_none(world: World) -> None:
    client, url = desk(world.clerk), f"/areas/{world.park.pk}/edit"
    facts = {"name": world.park.name, "kind": "park", "official_order": "1", "reason": "补录"}

    assert "园区请选择级别" in client.post(url, facts).content.decode()
    assert client.post(url, facts | {"park_level": "provincial"}).status_code == 302
    page = client.post(
        f"/areas/{world.east.pk}/edit", facts | {"kind": "township", "park_level": "city"}
    )
    assert "只有园区填写园区级别" in page.content.decode()


# Classes beside it ----------------------------------------------------------------------------


def test_firms_are_put_into_a_building_from_a_day_on(world: World) -> None:
    building = tower(world)

    assert put(world, building, world.joint, world.joint_too) == 2
    assert put(world, building, world.joint, on=JUNE) == 0

    row = EnterpriseClassification.objects.get(enterprise=world.joint)
    assert (row.kind, row.valid_from, row.valid_to) == (AreaKind.BUILDING, MARCH, None)
    entries = AuditEntry.objects.filter(verb="enterprise.classify")
    assert {entry.scope_path for entry in entries} == {world.east_committee.path}
    world.joint.refresh_from_db()
    assert world.joint.version == 2
    assert world.joint.reporting_area == world.east


def test_another_building_takes_the_place_of_the_first(world: World) -> None:
    first, second = tower(world), tower(world, "东岭商务楼")
    put(world, first, world.joint)

    put(world, second, world.joint, on=JUNE)

    rows = world.joint.classifications.order_by("valid_from")
    assert [(row.area, row.valid_from, row.valid_to) for row in rows] == [
        (first, MARCH, JUNE),
        (second, JUNE, None),
    ]
    with pytest.raises(ValidationError, match="起已归入东岭商务楼，请先核对日期"):
        put(world, tower(world, "东岭新楼"), world.joint, on=date(2026, 4, 1))


def test_chains_stand_beside_each_other_and_beside_a_building(world: World) -> None:
    chains = [tower(world, name, kind=AreaKind.INDUSTRY_CHAIN) for name in ("茶产业链", "竹产业链")]

    for area in (*chains, tower(world)):
        put(world, area, world.joint)

    assert world.joint.classifications.filter(valid_to=None).count() == 3


def test_the_database_refuses_two_buildings_at_once_and_a_wrong_kind(world: World) -> None:
    first, second = tower(world), tower(world, "东岭商务楼")
    put(world, first, world.joint)
    row = {"enterprise": world.joint, "valid_from": JUNE}

    with pytest.raises(IntegrityError, match="one_class_of_a_kind"), transaction.atomic():
        EnterpriseClassification.objects.create(area=second, kind=AreaKind.BUILDING, **row)
    with pytest.raises(IntegrityError, match="只能归入楼宇"), transaction.atomic():
        EnterpriseClassification.objects.create(area=second, kind=AreaKind.GRID, **row)
    with pytest.raises(IntegrityError, match="只能归入楼宇"), transaction.atomic():
        EnterpriseClassification.objects.create(area=world.west, kind=AreaKind.TOWNSHIP, **row)


def test_a_class_ends_after_it_began(world: World) -> None:
    put(world, tower(world), world.joint)
    row = world.joint.classifications.get()
    client, url = desk(world.clerk), f"/enterprises/classes/{row.pk}/end"

    early = client.post(url, {"on": "2026-03-01", "reason": "搬离"})
    assert "终止日期应晚于归入日期 2026-03-01" in early.content.decode()
    assert client.post(url, {"on": "2026-06-01", "reason": "搬离"}).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == JUNE
    assert client.post(url, {"on": "2026-07-01", "reason": "搬离"}).status_code == 200


def test_a_clerk_classifies_on_the_page_of_the_firm(world: World) -> None:
    building, client = tower(world), desk(world.east_officer)
    url = f"/enterprises/{world.joint.pk}/classes"

    answer = client.post(url, {"area": building.pk, "on": "2026-03-01", "reason": "入驻"})

    assert answer.status_code == 302
    assert "楼宇：东岭大厦" in client.get(f"/enterprises/{world.joint.pk}").content.decode()
    foreign = tower(world, "西河大厦", parent=world.west)
    Area.objects.filter(pk=foreign.pk).update(committee=world.west_committee)
    refused = client.post(url, {"area": foreign.pk, "on": "2026-06-01", "reason": "误"})
    assert "西河大厦" not in refused.content.decode()
    assert world.joint.classifications.count() == 1


def test_the_register_is_filtered_by_a_building_and_assigns_in_bulk(world: World) -> None:
    building, client = tower(world), desk(world.clerk)
    chosen = {"do": "bulk", "action": "classify", "pk": [world.joint.pk, world.joint_too.pk]}
    answers = {"area": building.pk, "on": "2026-03-01", "reason": "入驻"}

    client.post("/enterprises/", chosen | answers | {"confirm": "1", "expected": "2"})

    page = client.get(f"/enterprises/?group={building.pk}").content.decode()
    assert world.joint.name in page
    assert world.joint_too.name in page
    assert world.own.name not in page


def test_the_page_of_an_area_counts_its_firms_by_class(world: World) -> None:
    building = tower(world)
    put(world, building, world.joint)
    client = desk(world.clerk)

    town = client.get(f"/areas/{world.east.pk}").content.decode()
    assert f'href="/enterprises/?area={world.east.pk}&amp;coverage=joint">2</a>' in town
    assert (
        f'href="/enterprises/?group={building.pk}&amp;coverage=joint">1</a>'
        in client.get(f"/areas/{building.pk}").content.decode()
    )


# The sheet ------------------------------------------------------------------------------------


def tried(world: World, user: User, *lines: dict[str, str], write: bool = False) -> Any:
    register = sheets.sheet("classifications")
    assert register
    rows = [{"row": str(number), **line} for number, line in enumerate(lines, 2)]
    return importing.run(register, user, rows, write=write)


def test_a_sheet_classifies_many_and_names_wrong_rows(world: World) -> None:
    building = tower(world)
    good = {"uscc": str(world.joint.uscc), "area": building.code, "valid_from": "2026年3月1日"}
    found = tried(
        world,
        world.east_officer,
        good,
        {**good, "uscc": str(world.uncovered.uscc)},
        {**good, "area": world.east.code},
        {**good, "valid_from": ""},
        write=True,
    )

    assert [line.state for line in found.lines] == ["新增", "有误", "有误", "有误"]
    remarks = [line.remarks[0] for line in found.lines[1:]]
    assert remarks[0].startswith("统一社会信用代码：没有代码为")
    assert remarks[1].startswith("归类编码：没有代码为")
    assert remarks[2] == "起始日期：不能为空"
    assert tried(world, world.east_officer, good).lines[0].state == "无变化"


def test_a_neighbours_class_is_not_found(world: World) -> None:
    put(world, tower(world), world.joint)
    row = world.joint.classifications.get()

    assert desk(world.west_officer).get(f"/enterprises/classes/{row.pk}/end").status_code == 404
    assert WEST not in desk(world.east_officer).get("/enterprises/").content.decode()
    assert EAST in desk(world.east_officer).get("/enterprises/").content.decode()
