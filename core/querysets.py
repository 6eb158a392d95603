"""Named conditions on core's rows."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

ALL_JOBS = "core.jobs"
AUDIT = "core.audit"


class JobQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def claimable(self) -> Self:
        """Open and held by nobody."""
        return self.filter(
            Q(lease_until=None) | Q(lease_until__lt=Now()), state__in=["queued", "running"]
        )

    def visible_to(self, user: Any) -> Self:
        """A user's own jobs; everybody's for those who look after the system."""
        return self if user.has_perm(ALL_JOBS) else self.filter(owner_id=user.pk)

    def with_health(self) -> Self:
        """Adds `interrupted`, begun but held by nobody any more, and the database's `now`."""
        return self.annotate(
            now=Now(),
            interrupted=models.ExpressionWrapper(
                Q(state="running", lease_until__lt=Now()), output_field=models.BooleanField()
            ),
        )


class AuditEntryQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def visible_to(self, user: Any) -> Self:
        """The whole log for those who audit, nothing for anybody else."""
        return self if user.has_perm(AUDIT) else self.none()
