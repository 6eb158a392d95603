"""Enterprises that an organization covers find another cover before it closes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from core import audit
from enterprises.models import CoverageLink, Enterprise, FormationMode
from enterprises.periods import scope_path_of
from organizations import closing
from organizations.closing import Departure, Hold, Rows
from organizations.holds import hand_on, still_held, stop
from organizations.models import PartyOrganization

CHANGE = "coverage.change"


def register() -> None:
    """Called from AppConfig.ready."""
    closing.register(Hold("coverage", "覆盖企业", _held, _end, _move))


def _held(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    links = still_held(CoverageLink.objects.filter(organization=organization), on)
    return set(links.values_list("enterprise", "enterprise__name"))


def _end(departure: Departure, enterprises: Collection[int]) -> None:
    stop(_links(departure.source, enterprises), departure.on)
    _record(departure, dict.fromkeys(enterprises))


def _links(organization: PartyOrganization, enterprises: Collection[int]) -> Any:
    return CoverageLink.objects.filter(organization=organization, enterprise__in=enterprises)


def _move(departure: Departure, homes: Rows) -> None:
    """An enterprise that its new home covers already keeps that link alone."""
    arriving: dict[PartyOrganization, set[int]] = defaultdict(set)
    for enterprise, home in homes.items():
        arriving[home].add(enterprise)
    for home, enterprises in arriving.items():
        present = dict(_held(home, departure.on))
        stop(_still(departure, departure.source, enterprises & present.keys()), departure.on)
        shared = len(enterprises | present.keys()) > 1
        if shared:
            own = still_held(_links(home, present.keys()), departure.on)
            _share(departure, own.filter(mode=FormationMode.SINGLE), home)
        _share(departure, _still(departure, departure.source, enterprises), home, shared=shared)
    _record(departure, homes)


def _still(departure: Departure, organization: PartyOrganization, enterprises: set[int]) -> Any:
    return still_held(_links(organization, enterprises), departure.on)


def _share(
    departure: Departure, links: Any, home: PartyOrganization, *, shared: bool = True
) -> None:
    """Links go on at the home; an own organization that covers several is a joint one."""

    def change(link: CoverageLink) -> Mapping[str, Any]:
        single = link.mode == FormationMode.SINGLE
        return {
            "organization": home,
            "mode": FormationMode.JOINT if shared and single else link.mode,
            "document": departure.document,
            "reason": departure.reason,
        }

    ended = {"end_document": departure.document, "end_reason": departure.reason}
    hand_on(links, departure.on, change, ended)


def _record(departure: Departure, homes: Mapping[int, PartyOrganization | None]) -> None:
    firms = Enterprise.objects.filter(pk__in=homes).select_related(
        "reporting_area__committee", "county__committee"
    )
    audit.record_many(
        actor=departure.actor,
        verb=CHANGE,
        changes=[
            audit.Change(
                firm,
                before={"党组织": departure.source.name},
                after={"党组织": str(homes[firm.pk] or ""), "起始日期": str(departure.on)},
                scope_path=scope_path_of(firm),
            )
            for firm in firms
        ],
        reason=departure.reason,
    )
