"""A leader's contact point and a request of an enterprise of the eastern township."""

from dataclasses import dataclass

from core.dates import today
from enterprises.contacts.services import pair
from enterprises.models import ContactPoint, Enterprise, EnterpriseRequest
from enterprises.requests.services import receive
from tests.world import EAST, World


@dataclass
class ContactThings:
    contact: ContactPoint
    request: EnterpriseRequest


def contact_things(world: World, firm: Enterprise) -> ContactThings:
    contact = pair(
        actor=world.east_officer,
        enterprise=firm,
        year=today().year,
        level="township",
        leader=f"石{EAST}",
        post=f"{EAST}镇党委书记",
    )
    request = receive(
        actor=world.east_officer,
        enterprise=firm,
        source="visit",
        category="labour",
        title=f"{EAST}招工难",
        received_on=today(),
    )
    return ContactThings(contact, request)
