"""Where members hang in the rest of the product: scope, log, reveals, counts of organizations."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Count as Counting
from django.db.models import Q, QuerySet

from core import audit, reveal
from core.masking import Sensitive
from core.readable import register_words
from members import member_card, roster_sheet
from members.models import Employment, Membership, PartyMember, Person
from members.services import members, persons
from members.strength import count_members
from organizations import strength
from organizations.models import PartyOrganization
from organizations.scoping import Reach, Scope, among, register_assigned
from organizations.tabs import (
    Count,
    Tab,
    Visit,
    number_of,
    register_count,
    register_tab,
)

VIEW = "members.view"
HOME = "person__home_organization__path__in"
SHOWN = 200  # members on the tab; the list shows all


def register() -> None:
    """Called from AppConfig.ready."""
    for verb, label in members.VERBS.items():
        audit.register_verb(verb, label)
    for model, lookup in (
        (PartyMember, HOME),
        (Employment, HOME),
        (Membership, "organization__path__in"),
    ):
        register_assigned(model._meta.label, Reach.OWN_BRANCH, _own_branch(lookup))
    reveal.register(
        Person,
        scope_path=lambda person: str(person.home_organization.path),
        beside=persons.SHOWN,
        citizen_id=Sensitive.CITIZEN_ID,
        phone=Sensitive.PHONE,
        home_address=Sensitive.SECRET,
    )
    register_words("members.partymember", organization="党组织", enterprise="从业企业")
    strength.register(count_members)
    member_card.register()
    roster_sheet.register_sheet()
    register_tab(Tab("members", "党员", "members/_members_tab.html", _provide, VIEW, order=20))
    register_count(Count("members", "党员（人）", _each, _total, tab="members"))


def _own_branch(lookup: str) -> Any:
    def rule(scope: Scope, on: date) -> Q:
        return Q(**{lookup: scope.posts_of(Reach.OWN_BRANCH)})

    return rule


def _held(user: Any, day: date) -> QuerySet[Membership]:
    held: QuerySet[Membership] = Membership.objects.visible_to(user).as_of(day)
    return held


def _each(user: Any, organizations: Collection[int], day: date) -> Mapping[int, int]:
    rows = _held(user, day).filter(organization__in=organizations).order_by()
    return dict(rows.values_list("organization").annotate(Counting("pk")))


def _total(
    user: Any, organizations: QuerySet[PartyOrganization], day: date
) -> QuerySet[Membership]:
    return number_of(_held(user, day).filter(among("organization_id", organizations)))


def _provide(visit: Visit) -> dict[str, Any]:
    below = PartyOrganization.objects.visible_to(visit.user).subtree_of(visit.organization.path)
    rows = _held(visit.user, visit.day).filter(among("organization_id", below))
    rows = rows.select_related("member__person", "organization")
    return {
        "rows": rows.order_by("member__person__search_key", "pk")[:SHOWN],
        "number": rows.count(),
        "may_register": visit.user.has_perm(members.CHANGE),
        "organization": visit.organization,
        "day": visit.day,
    }
