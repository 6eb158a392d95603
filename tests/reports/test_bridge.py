"""A rate that moved is explained by the enterprises that moved it."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.models import ParameterValue
from core.rates import Rate
from enterprises.models import Enterprise, EnterprisePeriod, FormationMode
from enterprises.models.enterprise import OperatingStatus
from reports.bridge import Bridge, bridge
from reports.coverage import measure
from reports.indicators import INDICATOR
from tests.builders import LONG_AGO, cover, make_organization
from tests.reports.county import DAY, County, enterprise, joint_branch

FIRST, SECOND = date(2025, 3, 31), date(2025, 12, 31)
BETWEEN = date(2025, 7, 1)
COVERAGE = INDICATOR["organization_coverage"]
JOINT = FormationMode.JOINT


def explained(county: County, place: str = "east") -> Bridge:
    unit = measure(SECOND).of(getattr(county, place).code).unit
    return bridge(COVERAGE, unit, FIRST, SECOND)


def change(firm: Enterprise, **state: object) -> None:
    """From the day between, another period of the enterprise."""
    period = EnterprisePeriod.objects.get(enterprise=firm)
    EnterprisePeriod.objects.filter(pk=period.pk).update(valid_to=BETWEEN)
    period.pk, period.valid_from = None, BETWEEN
    for key, value in state.items():
        setattr(period, key, value)
    period.save()


def test_each_reason_is_one_step_and_the_steps_add_up(county: County) -> None:
    branch = joint_branch("东河联合支部", county.east_committee)
    cover(county.enterprise("新覆盖"), branch, mode=JOINT, since=BETWEEN)
    cover(county.enterprise("失去覆盖"), branch, mode=JOINT, until=BETWEEN)
    cover(county.enterprise("一直覆盖"), branch, mode=JOINT)
    closed = county.enterprise("注销")
    change(closed, operating_status=OperatingStatus.DEREGISTERED)
    moved = county.enterprise("迁出辖区")
    cover(moved, branch, mode=JOINT)
    change(moved, reporting_area=county.west)
    arrived = county.enterprise("迁入辖区", county.park)
    change(arrived, reporting_area=county.east)
    county.enterprise("新设", since=BETWEEN)

    found = explained(county)
    assert {step.key: (step.numerator, step.denominator) for step in found.steps} == {
        "gained": (1, 0),
        "lost": (-1, 0),
        "left": (0, -1),
        "moved_out": (-1, -1),
        "moved_in": (0, 1),
        "entered": (0, 1),
    }
    assert found.before == Rate(3, 5)
    assert found.after == Rate(2, 5)


def test_a_move_within_the_county_changes_nothing_for_the_county(county: County) -> None:
    change(county.enterprise("甲"), reporting_area=county.west)
    assert explained(county, "area").steps == ()


def test_a_changed_rule_is_a_step_of_its_own(county: County) -> None:
    cover(county.enterprise("甲"), make_organization("东河支部", parent=county.east_committee))
    ParameterValue.objects.create(
        key="coverage.counted_modes", value=["joint"], document="县发3号", valid_from=BETWEEN
    )
    found = explained(county)
    assert [(step.label, step.numerator, step.denominator) for step in found.steps] == [
        ("口径参数调整", -1, 0)
    ]
    assert (found.before, found.after) == (Rate(1, 1), Rate(0, 1))


FATES = st.lists(
    st.tuples(
        st.sampled_from(["park", "east"]),
        st.sampled_from(["stays", "closes", "moves", "opens"]),
        st.sampled_from(["never", "always", "gained", "lost"]),
    ),
    max_size=12,
)


class BridgeAddsUp(TestCase):
    """Whatever happens to the enterprises, before plus all steps is after."""

    @given(FATES)
    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_before_and_steps_make_after(self, fates: list[tuple[str, str, str]]) -> None:
        county = County()
        branch = make_organization("片区支部", parent=county.east_committee)
        for number, (place, life, covered) in enumerate(fates):
            since = BETWEEN if life == "opens" else LONG_AGO
            firm = enterprise(f"企业{number}", getattr(county, place), county.area, since)
            if life == "closes":
                change(firm, operating_status=OperatingStatus.REVOKED)
            elif life == "moves":
                change(firm, reporting_area=county.west)
            if covered != "never":
                begin = BETWEEN if covered == "gained" else LONG_AGO
                end = BETWEEN if covered == "lost" else None
                cover(firm, branch, mode=JOINT, since=begin, until=end)
        for place in ("area", "park", "east", "west"):
            found = explained(county, place)
            code = getattr(county, place).code
            assert found.before == measure(FIRST).of(code).rate(COVERAGE)
            assert found.after == measure(SECOND).of(code).rate(COVERAGE)
            total = Rate(
                found.before.numerator + sum(step.numerator for step in found.steps),
                found.before.denominator + sum(step.denominator for step in found.steps),
            )
            assert total == found.after


def test_the_day_after_nothing_happened_has_no_steps(county: County) -> None:
    county.enterprise("甲")
    unit = measure(DAY).of(county.east.code).unit
    assert bridge(COVERAGE, unit, DAY, DAY + timedelta(days=1)).steps == ()
