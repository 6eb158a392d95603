"""Bringing back corrected facts of organizations and areas from their history."""

from typing import Any

from core import history
from organizations import services, terms
from organizations.elections import RUN
from organizations.models import (
    Area,
    DemonstrationPoint,
    LeadershipTerm,
    PartyOrganization,
    Site,
)
from organizations.services import sites

CHANGE, SITES = "organizations.change", "organizations.sites"
SITE_FACTS = (
    "name",
    "stage",
    "address",
    "square_metres",
    "rooms",
    "holding",
    "shared_with",
    "valid_from",
)
TERM_FACTS = ("number", "valid_from", "years", "form", "document", "timing_document", *terms.COUNTS)
POINT_FACTS = ("title", "level", "awarded_by", "document", "valid_from", "valid_to")


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
    history.register(
        LeadershipTerm,
        permission=RUN,
        fields=frozenset(TERM_FACTS),
        verbs=("term.correct",),
        restore=_restore_term,
        is_open=lambda term: term.valid_to is None,
    )
    _register_sites()


def _register_sites() -> None:
    history.register(
        Site,
        permission=SITES,
        fields=frozenset(SITE_FACTS),
        verbs=("site.change",),
        restore=lambda actor, site, field, value, reason: sites.change_site(
            actor=actor, site=site, reason=reason, **{field: value}
        ),
    )
    history.register(
        DemonstrationPoint,
        permission=SITES,
        fields=frozenset(POINT_FACTS),
        verbs=("demonstration.change",),
        restore=lambda actor, point, field, value, reason: sites.change_demonstration(
            actor=actor, point=point, reason=reason, **{field: value}
        ),
    )


def _restore_area(actor: Any, area: Area, field: str, value: Any, reason: str) -> None:
    services.change_area(actor=actor, area=area, reason=reason, **{field: value})


def _restore_term(actor: Any, term: LeadershipTerm, field: str, value: Any, reason: str) -> None:
    """The latest term alone: earlier ones are what the next elections were reckoned from."""
    facts = {"elected_on": term.valid_from} | {
        "elected_on" if field == "valid_from" else field: value
    }
    terms.correct_term(actor=actor, term=term, reason=reason, **facts)
