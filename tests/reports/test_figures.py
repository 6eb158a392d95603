"""Published figures of real counties come out of the same facts to the printed decimal."""

from decimal import Decimal

import pytest

from core.rates import Rate
from enterprises.models import FormationMode
from reports.coverage import measure
from reports.indicators import INDICATOR
from reports.joint import joint_branches
from tests.builders import cover, make_organization
from tests.reports.county import DAY, County, joint_branch


def percents(county: County, *keys: str) -> list[str | None]:
    figures = measure(DAY).of(county.area.code)
    rates = [figures.rate(INDICATOR[key]) for key in keys]
    return [rate.percent_text if rate else None for rate in rates]


def huaining(county: County) -> None:
    """332 enterprises, 55 above scale; 52 own branches, 22 joint ones cover the other 280."""
    joint = [joint_branch(f"联合支部{n}", county.east_committee) for n in range(22)]
    seats = [place for n, place in enumerate(joint) for _ in range(13 if n < 16 else 12)]
    for number in range(332):
        above, own = number < 55, number < 27 or 55 <= number < 80
        firm = county.enterprise(f"企业{number}", employee_count=120 if above else 20)
        if own:
            cover(firm, make_organization(f"支部{number}", parent=county.east_committee))
        else:
            cover(firm, seats.pop(), mode=FormationMode.JOINT)
    assert not seats


def test_huaining_covers_332_of_332_and_forms_its_own_in_15_7_percent(county: County) -> None:
    huaining(county)
    figures = measure(DAY).of(county.area.code)
    assert figures.rate(INDICATOR["organization_coverage"]) == Rate(332, 332)
    assert figures.rate(INDICATOR["single_formation_rate"]) == Rate(52, 332)
    assert figures.rate(INDICATOR["above_scale_single_rate"]) == Rate(27, 55)
    assert figures.rate(INDICATOR["above_scale_coverage"]) == Rate(55, 55)
    assert percents(county, "single_formation_rate", "above_scale_single_rate") == [
        "15.7%",
        "49.1%",
    ]
    joint = joint_branches(DAY, figures.unit)
    assert (len(joint.sizes), joint.enterprises, joint.per_branch) == (22, 280, Decimal("12.7"))
    assert len(joint.too_large) == 22


def test_jinta_knows_its_own_branches_but_not_who_the_joint_ones_cover(county: County) -> None:
    """217 enterprises, 33 own organizations; the rest of the coverage is not known, so not 0."""
    for number in range(217):
        firm = county.enterprise(f"企业{number}", employee_count=120 if number < 16 else 41)
        if number < 33:
            cover(firm, make_organization(f"支部{number}", parent=county.east_committee))
    for number in range(2):
        joint_branch(f"联合{number}", county.east_committee)
    assert percents(county, "single_formation_rate", "organization_coverage") == ["15.2%", None]
    figures = measure(DAY)
    assert figures.of(county.area.code).nameless == 2
    assert figures.of(county.west.code).nameless == 0


@pytest.mark.parametrize(
    ("numerator", "denominator", "printed"),
    [(5235, 21869, "23.9%"), (21869 - 5235, 21869, "76.1%"), (5358, 21869, "24.5%")],
)
def test_shanxi_counts_enterprises_over_enterprises(
    numerator: int, denominator: int, printed: str
) -> None:
    assert Rate(numerator, denominator).percent_text == printed


def test_no_denominator_prints_a_dash_and_no_percentage(county: County) -> None:
    assert percents(county, "organization_coverage", "above_scale_coverage") == ["—", "—"]
