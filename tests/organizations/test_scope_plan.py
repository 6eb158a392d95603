"""The price of scope: one indexed condition for a subtree, one look-up for assigned rows."""

import re
from typing import Any

import pytest
from django.db import connection

from enterprises.models import CoverageLink, Enterprise
from tests.world import World


def statement(rows: Any) -> str:
    return str(rows.query)


def plan(rows: Any) -> str:
    """How the database would go about it if reading everything were no way at all."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return str(rows.explain())


@pytest.mark.parametrize("part", ["clerk", "east_officer"])
def test_a_subtree_adds_one_indexed_condition(world: World, part: str) -> None:
    rows = Enterprise.objects.visible_to(getattr(world, part)).order_by()

    outer = re.sub(r"ARRAY\(.*?\)\)", "…", statement(rows))
    assert "JOIN" not in outer
    assert "Index Cond: (reporting_area_id = ANY" in plan(rows)


@pytest.mark.parametrize(
    ("part", "table"),
    [("secretary", CoverageLink._meta.db_table), ("guide", "members_instructorassignment")],
)
def test_assigned_rows_cost_one_look_up(world: World, part: str, table: str) -> None:
    rows = Enterprise.objects.visible_to(getattr(world, part)).order_by()

    assert statement(rows).count("SELECT") == 2
    found = plan(rows)
    assert len(re.findall(rf"\bon {table}\b", found)) == 1
    assert "Seq Scan on enterprises_enterprise" not in found


def test_a_condition_on_joined_paths_would_be_noticed(world: World) -> None:
    """The negative control: how the scope must not be asked for."""
    path = world.east_committee.path
    by_area = Enterprise.objects.filter(reporting_area__committee__path__startswith=path)
    either = by_area | Enterprise.objects.filter(county__committee__path__startswith=path)

    assert "Index Cond: (reporting_area_id = ANY" not in plan(either.order_by())
    assert statement(either).count("JOIN") >= 4
