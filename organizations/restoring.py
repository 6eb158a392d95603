"""Bringing back corrected facts of organizations and areas from their history."""

from typing import Any

from core import history
from organizations import services
from organizations.models import Area, PartyOrganization

CHANGE = "organizations.change"


def register() -> None:
    """What is an act of its own (rename, move, upgrade …) is undone by another act, not here."""
    history.register(
        PartyOrganization,
        permission=CHANGE,
        fields=frozenset({"name", "short_name", "nature", "secretary_name", "official_order"}),
        verbs=("organization.change",),
        restore=lambda actor, organization, field, value, reason: services.change_organization(
            actor=actor, organization=organization, reason=reason, **{field: value}
        ),
    )
    history.register(
        Area,
        permission=CHANGE,
        fields=frozenset({"name", "kind", "park_level", "official_order", "keywords", "closed_on"}),
        verbs=("area.change",),
        restore=_restore_area,
    )


def _restore_area(actor: Any, area: Area, field: str, value: Any, reason: str) -> None:
    services.change_area(actor=actor, area=area, reason=reason, **{field: value})
