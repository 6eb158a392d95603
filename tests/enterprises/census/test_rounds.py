"""Several departments' lists of one round, and what they say together."""

import pytest

from enterprises.census.intake import open_round
from enterprises.census.rounds import SourceTotals, round_totals
from enterprises.models import CensusRound
from tests.enterprises.census.lists import NEXT_SPRING, firm, outsider, write
from tests.world import World

pytestmark = pytest.mark.django_db
BEAN, MILL, KILN = firm("清泉豆制品公司", 1), firm("双溪面粉厂", 2), firm("老窑砖厂", 3)


def test_a_round_counts_who_was_seen_by_whom(world: World) -> None:
    write(world.county, [BEAN, MILL, KILN])
    write(world.county, [BEAN, outsider("外来公司")], day=NEXT_SPRING)
    write(world.county, [BEAN, MILL], day=NEXT_SPRING, source="economy")
    found = round_totals(CensusRound.objects.get(reference_date=NEXT_SPRING))
    assert (found.enterprises, found.shared, found.unseen, found.excluded) == (4, 1, 1, 1)
    assert found.sources == [
        SourceTotals("registry", "市场监管", 2, 2),
        SourceTotals("economy", "经信", 2, 0),
    ]


def test_the_round_of_a_day_is_opened_once(world: World) -> None:
    first = open_round(world.county, NEXT_SPRING)
    assert open_round(world.county, NEXT_SPRING) == first
    assert first.name == "2027年3月普查"
