"""Posts at an organization end with it; nobody inherits another's rights."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from accounts.models import ScopeGrant
from accounts.services.posts import record_end
from organizations import closing
from organizations.closing import Departure, Hold
from organizations.holds import still_held
from organizations.models import PartyOrganization


def register() -> None:
    """Called from AppConfig.ready."""
    closing.register(Hold("grants", "岗位授权", _held, _end, required=False))


def _held(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    grants = ScopeGrant.objects.filter(organization=organization, withdrawn_at=None)
    rows = still_held(grants, on).select_related("user")
    return [(grant.pk, str(grant)) for grant in rows]


def _end(departure: Departure, grants: Collection[int]) -> None:
    """One that would begin on the day or later is withdrawn."""
    for grant in ScopeGrant.objects.filter(pk__in=grants).select_related("user", "source"):
        if grant.valid_from < departure.on:
            grant.valid_to = departure.on
        else:
            grant.withdrawn_at = timezone.now()
        grant.save(update_fields=["valid_to", "withdrawn_at"])
        record_end(departure.actor, grant, f"{departure.source}撤销")
