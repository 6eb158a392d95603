"""Named filters over transfers, absences, lost and hidden members."""

from datetime import date
from typing import Self

from django.db.models import Q

from organizations.models import PartyOrganization
from organizations.rules import months_later
from organizations.scoping import Scope, ScopedQuerySet, Viewer, among, path_condition


class _BothSidesQuerySet(ScopedQuerySet):
    """Seen from either of two organizations."""

    sides: tuple[str, str]

    def scope_condition(self, scope: Scope) -> Q:
        one, other = (path_condition(f"{side}__path", scope.subtrees) for side in self.sides)
        return one | other


class TransferQuerySet(_BothSidesQuerySet):
    scope_lookup = "sender__path"
    sides = ("sender", "receiver")

    def waiting(self) -> Self:
        return self.filter(state="issued")

    def expired(self, day: date) -> Self:
        """Letters nobody may accept any more that still wait."""
        return self.waiting().filter(expires_on__lt=day)


class MobileQuerySet(_BothSidesQuerySet):
    scope_lookup = "origin__path"
    sides = ("origin", "host")

    def current(self) -> Self:
        return self.filter(state__in=("away", "received", "refused"))

    def leaving_from(self, user: Viewer) -> Self:
        """Whose home is one of the user's organizations."""
        return self.filter(among("origin_id", PartyOrganization.objects.visible_to(user)))

    def staying_with(self, user: Viewer) -> Self:
        """Whose host is one of the user's organizations."""
        return self.filter(among("host_id", PartyOrganization.objects.visible_to(user)))

    def lasting(self, day: date, months: int) -> Self:
        """Those that have lasted so many months by that day: mobile in the sense of the rules."""
        return self.current().filter(left_on__lte=months_later(day, -months))


class LostQuerySet(ScopedQuerySet):
    """Cases are seen with the organization that lost the member."""

    scope_lookup = "organization__path"

    def unsettled(self) -> Self:
        return self.filter(state__in=("lost", "suspended"))


class OfLostQuerySet(ScopedQuerySet):
    scope_lookup = "case__organization__path"


class HiddenQuerySet(ScopedQuerySet):
    """Findings are seen with the organization that verifies them."""

    scope_lookup = "organization__path"
