"""Named filters over what branches do; everything is seen with the organization."""

from datetime import date
from typing import Self

from core.validity import valid_on
from organizations.querysets import DatedOfOrganizationQuerySet, OfOrganizationQuerySet
from organizations.scoping import ScopedQuerySet

OPEN = ("planned", "notified")
HELD = ("recorded", "submitted", "returned", "accepted", "locked")
COUNTED = ("submitted", "accepted", "locked")


class GroupQuerySet(DatedOfOrganizationQuerySet):
    """Party groups of branches."""


class GroupMemberQuerySet(ScopedQuerySet):
    """Members are seen with their group."""

    scope_lookup = "group__organization__path"

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))


class ActivityQuerySet(OfOrganizationQuerySet):
    def recorded(self) -> Self:
        """Those that took place and have a record, handed in or not."""
        return self.filter(state__in=HELD)

    def counted(self) -> Self:
        """Those that satisfy a duty: handed in and not returned."""
        return self.filter(state__in=COUNTED)

    def held_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(held_on__gte=first, held_on__lte=last)


class OfActivityQuerySet(ScopedQuerySet):
    """What hangs on an activity is seen with it."""

    scope_lookup = "activity__organization__path"
