"""An instructor of the eastern township, his term at a firm, and money that he took there."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.dates import today
from enterprises.models import Enterprise
from members.models import FirmPayment, Instructor, InstructorAssignment
from members.services import instructors, visits
from tests.builders import make_instructor
from tests.world import EAST, World


@dataclass
class InstructorThings:
    east_guide: Instructor
    guide_term: InstructorAssignment
    payment: FirmPayment


def instructor_things(world: World, firm: Enterprise) -> InstructorThings:
    guide = make_instructor(f"石{EAST}", home=world.east_committee, home_unit=f"{EAST}镇政府")
    [term] = instructors.assign(
        actor=world.east_officer,
        instructor=guide,
        enterprises=[firm],
        on=date(2024, 1, 1),
        until=today() + timedelta(days=60),
    )
    payment = visits.record_payment(
        actor=world.east_officer,
        assignment=term,
        kind="pay",
        amount=Decimal(300),
        paid_on=date(2024, 3, 1),
        found_on=date(2024, 4, 1),
        source=f"{EAST}审计",
    )
    return InstructorThings(guide, term, payment)
