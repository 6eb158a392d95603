"""By unit on a day: backbones among new members (I14), members found (I15), contacts (I25)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.rates import Rate
from enterprises.models import ContactPoint, ContactVisit, EnterprisePeriod
from members.development.cases import BACKBONE
from members.models import DevelopmentCase, HiddenMember
from organizations.tree import path_as_of
from reports.declared import Declared
from reports.units import Unit

BACKBONES = Declared(
    "new_member_backbones",
    "新党员骨干占比",
    "本年至当日接收的预备党员中的管理和业务骨干 ÷ 本年至当日接收的预备党员",
)
FOUND = Declared(
    "members_found",
    "双找核实党员",
    "本年至当日核实为党员的口袋党员和隐形党员（名）；当时尚未核实的不计",
)
VISITED = Declared(
    "contact_points_visited",
    "联系点走访率",
    "本年至当日领导干部走访过的联系企业 ÷ 本年至当日安排的联系企业；一家企业计一次",
)
DECLARED = (BACKBONES, FOUND, VISITED)


@dataclass
class Outreach:
    """`contacts` and `visited` are enterprises, each once however many leaders it has."""

    accepted: int = 0
    backbones: int = 0
    found: int = 0
    contacts: set[int] = field(default_factory=set)
    visited: set[int] = field(default_factory=set)

    @property
    def backbone(self) -> Rate:
        return Rate(self.backbones, self.accepted)

    @property
    def visiting(self) -> Rate:
        return Rate(len(self.visited), len(self.contacts))


@dataclass(frozen=True)
class Outreaches:
    """By organization and by the area of an enterprise, with where each stood on that day."""

    day: date
    bodies: Mapping[int, Outreach]
    areas: Mapping[int, Outreach]
    paths: Mapping[int, str]

    def of(self, unit: Unit) -> Outreach:
        """An organization that has no place on that day any more is in no unit."""
        inside = (
            one for pk, one in self.bodies.items() if self.paths.get(pk, "").startswith(unit.path)
        )
        return _sum([*inside, *(self.areas[pk] for pk in unit.areas & self.areas.keys())])


def _sum(parts: Iterable[Outreach]) -> Outreach:
    whole = Outreach()
    for part in parts:
        whole.accepted += part.accepted
        whole.backbones += part.backbones
        whole.found += part.found
        whole.contacts |= part.contacts
        whole.visited |= part.visited
    return whole


def outreach_on(day: date) -> Outreaches:
    """Of the whole register, in a constant number of statements."""
    first = day.replace(month=1, day=1)
    bodies: dict[int, Outreach] = defaultdict(Outreach)
    cases = DevelopmentCase.objects.filter(accepted_on__range=(first, day)).order_by()
    for organization in cases.values_list("organization", flat=True):
        bodies[organization].accepted += 1
    for organization in cases.filter(BACKBONE).values_list("organization", flat=True):
        bodies[organization].backbones += 1
    known = HiddenMember.objects.filter(
        state__in=("verified", "settled"), verified_on__range=(first, day)
    )
    for organization in known.order_by().values_list("organization", flat=True):
        bodies[organization].found += 1
    return Outreaches(day, bodies, _contacts(day), path_as_of(day))


def _contacts(day: date) -> dict[int, Outreach]:
    """By the area in which an enterprise was reported on the day."""
    points = ContactPoint.objects.filter(year=day.year, valid_from__lte=day).order_by()
    firms = set(points.values_list("enterprise", flat=True))
    visits = ContactVisit.objects.filter(contact_point__in=points.values("pk"))
    visited = visits.filter(visited_on__lte=day).order_by()
    seen = set(visited.values_list("contact_point__enterprise", flat=True))
    areas: dict[int, Outreach] = defaultdict(Outreach)
    periods = EnterprisePeriod.objects.as_of(day).filter(enterprise__in=firms).order_by()
    for firm, area in periods.values_list("enterprise", "reporting_area"):
        if area is not None:
            areas[area].contacts.add(firm)
            areas[area].visited |= {firm} & seen
    return areas
