"""What was decided for a day takes effect when the day has come."""

from django.db import transaction

from core.dates import today
from organizations import closing, past, tree
from organizations.models import Area, OrganizationChange
from organizations.services.areas import refresh_committees


@transaction.atomic
def refresh_today() -> None:
    """Let moves, names, closings and hand-overs of today and before take effect; runs nightly."""
    tree.refresh_paths()
    past.refresh_names()
    refresh_committees(Area.objects.select_related("committee"))
    waiting = OrganizationChange.objects.filter(effective_on__lte=today()).exclude(pending=[])
    for change in waiting.order_by("effective_on", "id"):
        closing.arrive(change)
