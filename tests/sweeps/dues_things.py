"""Dues of the eastern township's joint branch, a class, somebody in the pool, an organizer."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.dates import today
from members.dues import reliefs
from members.models import (
    DuesRecord,
    DuesRelief,
    ParkOrganizer,
    PartyMember,
    TalentEntry,
    Training,
    TrainingAttendance,
)
from members.talent import services
from organizations.models import AreaKind
from tests.builders import make_area, make_person
from tests.members.paying import make_payer, month, pay
from tests.world import EAST, World


@dataclass
class DuesThings:
    """`placed` serves, `free` does not; `relief` waits for the superior committee."""

    payer: PartyMember
    receipt: DuesRecord
    relief: DuesRelief
    training: Training
    pupil: TrainingAttendance
    placed: TalentEntry
    free: TalentEntry
    organizer: ParkOrganizer


def dues_things(world: World) -> DuesThings:
    branch, officer = world.joint_branch, world.east_officer
    payer = make_payer(branch, f"{EAST}石岩")
    pay(branch, payer, {month(1): "50"})
    relief = reliefs.ask(
        actor=officer,
        member=payer,
        organization=branch,
        kind="waived",
        valid_from=today(),
        valid_to=month(-6),
        requested_on=today(),
        agreed_on=today(),
        reason=f"{EAST}困难",
    )
    training = _class(world)
    services.attend(actor=officer, training=training, people=[payer.person])
    free, placed = (_pooled(world, name) for name in ("石坚", "石山"))
    services.place_talent(
        actor=officer, entry=placed, organization=branch, role="worker", on=date(2025, 1, 1)
    )
    organizer = services.appoint_organizer(
        actor=officer,
        area=make_area(
            f"{EAST}工业园", committee=world.east_committee, kind=AreaKind.PARK, parent=world.county
        ),
        person=payer.person,
        on=date(2025, 1, 1),
        engagement="part_time",
    )
    receipt = DuesRecord.objects.get(member=payer)
    pupil = training.attendances.get()
    return DuesThings(payer, receipt, relief, training, pupil, placed, free, organizer)


def _class(world: World) -> Training:
    return services.hold_training(
        actor=world.east_officer,
        organization=world.east_committee,
        name=f"{EAST}书记班",
        level="township",
        audience="secretaries",
        starts_on=today(),
        ends_on=today(),
        hours=Decimal(8),
    )


def _pooled(world: World, name: str) -> TalentEntry:
    return services.enter_talent(
        actor=world.east_officer,
        person=make_person(f"{EAST}{name}", home=world.east_committee),
        background="retired",
        entered_on=date(2024, 1, 1),
    )
