"""Enterprises that a source knew and no longer names."""

import pytest

from enterprises.census.apply import apply_batch
from enterprises.census.decisions import decide
from enterprises.census.filters import RowFilter
from enterprises.models import (
    Bucket,
    CensusBatch,
    Choice,
    OperatingStatus,
)
from tests.enterprises.census.lists import (
    NEXT_SPRING,
    buckets,
    firm,
    registered,
    stage,
    write,
)
from tests.world import World

pytestmark = pytest.mark.django_db
BEAN, MILL = "清泉豆制品公司", "双溪面粉厂"


def test_who_is_missing_is_marked_and_never_removed(world: World) -> None:
    write(world.county, [firm(BEAN, 1, 从业人数="30"), firm(MILL, 2)])
    write(world.county, [firm(MILL, 2)], day=NEXT_SPRING)
    bean = registered(BEAN)
    year = bean.years.get(reference_date=NEXT_SPRING)
    assert (year.not_seen_by, year.seen_by, year.employee_count) == (["registry"], [], 30)
    assert bean.operating_status == OperatingStatus.IN_OPERATION


def test_missing_is_judged_by_source(world: World) -> None:
    write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    batch = stage(world.county, [firm(MILL, 2)], source="economy")
    assert buckets(batch) == {"same": 1}


def test_a_partial_list_says_nothing_about_the_missing(world: World) -> None:
    write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    batch = stage(world.county, [firm(MILL, 2)], is_partial=True, day=NEXT_SPRING)
    assert buckets(batch) == {"same": 1}


def test_an_enterprise_that_comes_back_is_seen_again(world: World) -> None:
    write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    write(world.county, [firm(MILL, 2)])
    write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    [year] = registered(BEAN).years.all()
    assert (year.seen_by, year.not_seen_by) == (["registry"], [])


def test_an_officer_says_that_a_missing_enterprise_is_deregistered(world: World) -> None:
    write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    batch = stage(world.county, [firm(MILL, 2)], day=NEXT_SPRING)
    say(world, batch, Choice.DEREGISTERED, bucket=Bucket.NOT_SEEN)
    apply_batch(actor=world.clerk, batch=batch)
    bean = registered(BEAN)
    assert bean.operating_status == OperatingStatus.DEREGISTERED
    assert bean.periods.get(valid_to=None).valid_from == NEXT_SPRING


def test_a_list_that_forgot_someone_leaves_no_mark(world: World) -> None:
    write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    batch = stage(world.county, [firm(MILL, 2)], day=NEXT_SPRING)
    say(world, batch, Choice.OMITTED, bucket=Bucket.NOT_SEEN)
    apply_batch(actor=world.clerk, batch=batch)
    assert not registered(BEAN).years.filter(reference_date=NEXT_SPRING).exists()


def say(
    world: World,
    batch: CensusBatch,
    choice: Choice,
    *,
    field: str = "",
    bucket: str = Bucket.CHANGED,
) -> int:
    return decide(
        actor=world.clerk,
        batch=batch,
        chosen=RowFilter(bucket=bucket),
        choice=choice,
        field=field,
        reason="电话核实",
    )
