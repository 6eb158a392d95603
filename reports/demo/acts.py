"""Acts of the demonstration county: a joint branch renamed, another one guided by a township."""

from datetime import date

from organizations import services
from organizations.models import PartyOrganization


def store_acts(joint: list[PartyOrganization], guide: PartyOrganization, on: date) -> None:
    """Both by the services, so that history, log and past names are as in a real county."""
    first, *_, last = (one for one in joint if one.established_on and one.established_on < on)
    services.rename_organization(
        actor=None,
        organization=last,
        name=last.name.replace("联合党支部", "区域联合党支部"),
        on=on,
        document=f"怀非公工委〔{on.year}〕3号",
        reason="规范党组织名称",
    )
    services.set_guiding_superior(
        actor=None,
        organization=first,
        superior=guide,
        on=on,
        document=f"怀非公工委〔{on.year}〕4号",
        reason="所在地党委共同指导",
    )
