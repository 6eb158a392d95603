"""Which requests an enterprise made before, and which of them this one looks like."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from enterprises.models import EnterpriseRequest
from enterprises.requests.parameters import REPEAT_DAYS


def earlier_of(request: EnterpriseRequest) -> Any:
    """The enterprise's other requests noted before this one within the time of the parameter.

    Those of an enterprise that was merged into it are among them.
    """
    since = request.received_on - timedelta(days=REPEAT_DAYS.value(on=request.received_on))
    rows = EnterpriseRequest.objects.filter(
        Q(received_on__gte=since) | Q(pk=request.earlier_id),
        Q(enterprise=request.enterprise_id) | Q(enterprise__successor=request.enterprise_id),
    )
    return rows.filter(pk__lt=request.pk).order_by("-received_on", "-pk")


def likely(request: EnterpriseRequest) -> EnterpriseRequest | None:
    """The latest of them of the same category: a proposal that an officer judges."""
    found: EnterpriseRequest | None = earlier_of(request).filter(category=request.category).first()
    return found
