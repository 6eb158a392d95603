"""The tree of any day, whatever is done to it: no circle, no gap, no overlap, paths as places."""

from datetime import date, timedelta
from time import process_time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.dates import today
from organizations import services, tree
from organizations.closing import Homes
from organizations.models import (
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
    Placement,
)
from tests.builders import LONG_AGO, make_organization
from tests.organizations.acts import DOCUMENT, at_once
from tests.world import World

DAYS = [LONG_AGO + timedelta(days=500 * number) for number in range(1, 7)]  # the last to come

# Random acts ---------------------------------------------------------------------------------

bodies, days = st.integers(0, 5), st.sampled_from(DAYS)


class Acts(RuleBasedStateMachine):
    """A county of six organizations on which clerks act as they please."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        top = make_organization("县委")
        self.every = [top, *(make_organization(f"第{n}党委", parent=top) for n in range(5))]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def act(self, service: object, **arguments: object) -> None:
        try:
            with transaction.atomic():
                service(actor=None, document=DOCUMENT, **arguments)  # type: ignore[operator]
        except ValidationError:
            for one in self.every:
                one.refresh_from_db()

    @rule(moved=bodies, parent=bodies, on=days)
    def move(self, moved: int, parent: int, on: date) -> None:
        self.act(
            services.move_organization,
            organization=self.every[moved],
            parent=self.every[parent],
            on=on,
        )

    @rule(closed=bodies, heir=bodies, on=days)
    def close(self, closed: int, heir: int, on: date) -> None:
        homes = Homes(everything=self.every[heir])
        self.act(services.close_organization, organization=self.every[closed], on=on, homes=homes)

    @rule(restored=bodies, on=days)
    def restore(self, restored: int, on: date) -> None:
        self.act(services.restore_organization, organization=self.every[restored], on=on)

    @rule(merged=bodies, into=bodies, on=days)
    def merge(self, merged: int, into: int, on: date) -> None:
        self.act(
            services.merge_organizations,
            sources=[self.every[merged]],
            into=self.every[into],
            on=on,
        )

    @rule(renamed=bodies, on=days, kind=st.sampled_from(OrganizationKind.values))
    def upgrade(self, renamed: int, on: date, kind: str) -> None:
        self.act(services.upgrade_organization, organization=self.every[renamed], on=on, kind=kind)

    @invariant()
    def the_tree_of_every_day_stands(self) -> None:
        connection.check_constraints()  # circles, overlaps, places below the abolished
        for day in (LONG_AGO, *DAYS):
            parents = tree.parents_as_of(day)
            tree.paths(parents)  # raises Cycle
            assert {one for one in parents.values() if one} <= parents.keys()
            existing = PartyOrganization.objects.existing(day).filter(pk__in=self.pks)
            assert set(existing.values_list("pk", flat=True)) == parents.keys() & self.pks
            named = OrganizationPeriod.objects.as_of(day).values_list("organization", flat=True)
            assert sorted(named) == sorted(parents)

    @invariant()
    def stored_paths_are_those_of_today(self) -> None:
        stored = dict(PartyOrganization.objects.values_list("pk", "path"))
        for pk, path in tree.path_as_of(today()).items():
            assert stored[pk] == path
        assert tree.refresh_paths() == 0

    @property
    def pks(self) -> set[int]:
        return {one.pk for one in self.every}


def test_no_sequence_of_acts_breaks_the_tree_of_any_day(db: None) -> None:
    run_state_machine_as_test(
        Acts,
        settings=settings(
            max_examples=6,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# The database itself --------------------------------------------------------------------------


def test_the_database_refuses_a_circle(world: World) -> None:
    with pytest.raises(IntegrityError, match="自己的下级"), at_once():
        world.park_committee.placements.update(parent=world.own_branch)


def test_the_database_refuses_a_circle_of_later_days(world: World) -> None:
    later = date(2030, 1, 1)
    world.east_committee.placements.update(valid_to=later)
    for child, parent, since in (
        (world.east_committee, world.west_committee, later),
        (world.west_committee, world.county_committee, date(2031, 1, 1)),
    ):
        child.placements.update(valid_to=since)
        Placement.objects.create(organization=child, parent=parent, valid_from=since)

    with pytest.raises(IntegrityError, match="自己的下级"), at_once():
        world.west_committee.placements.filter(valid_to=None).update(parent=world.east_committee)


def test_the_database_refuses_its_own_superior(world: World) -> None:
    with pytest.raises(IntegrityError, match="placement_other"), transaction.atomic():
        world.west_committee.placements.update(parent=world.west_committee)


def test_the_database_refuses_two_places_at_once(world: World) -> None:
    with pytest.raises(IntegrityError, match="placement_once"), transaction.atomic():
        Placement.objects.create(
            organization=world.own_branch,
            parent=world.east_committee,
            valid_from=date(2026, 1, 1),
        )


def test_the_database_refuses_an_end_before_the_start(world: World) -> None:
    with pytest.raises(IntegrityError, match="in_order"), transaction.atomic():
        world.own_branch.placements.update(valid_to=date(2019, 1, 1))


def test_no_line_of_superiors_grows_beyond_what_a_path_holds(world: World) -> None:
    parent = world.county_committee
    for level in range(42):
        parent = PartyOrganization.objects.create(code=f"L{level}", name="级", path=f"l{level}")
        Placement.objects.create(
            organization=parent,
            parent=Placement.objects.latest("id").organization if level else None,
            valid_from=LONG_AGO,
        )
    deepest = PartyOrganization.objects.create(code="L42", name="级", path="l42")

    with pytest.raises(IntegrityError), at_once():
        Placement.objects.create(organization=deepest, parent=parent, valid_from=LONG_AGO)


# Size -----------------------------------------------------------------------------------------


def test_a_thousand_organizations_move_in_a_few_statements(
    world: World, django_assert_max_num_queries: object
) -> None:
    """3,000 organizations; the committee of 1,000 branches moves with the branches it has."""
    groups = []
    for number in range(3):
        group = make_organization(f"第{number}党委", parent=world.county_committee)
        tree.plant(
            [
                (PartyOrganization(code=f"G{number}-{n}", name="支部", kind="branch"), group)
                for n in range(1000)
            ]
        )
        groups.append(group)

    began = process_time()
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        services.move_organization(
            actor=None, organization=groups[0], parent=groups[1], on=today(), document=DOCUMENT
        )
    assert process_time() - began < 2

    below = PartyOrganization.objects.subtree_of(
        PartyOrganization.objects.get(pk=groups[1].pk).path
    )
    assert below.count() == 2002
    assert tree.refresh_paths() == 0
