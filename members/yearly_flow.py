"""The yearly flow of members: 上年底 + 增加 − 减少 = 应有, with the persons behind every number."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise

from django.db.models import Q, QuerySet

from core.dates import today
from members.codes import EntryKind, ExitKind
from members.models import Membership, PartyMember
from organizations.models import PartyOrganization, Placement
from organizations.tree import path_as_of

INCREASE, DECREASE = "in", "out"
OPENING, DUE, ACTUAL = "opening", "due", "actual"
# Part of a line above it, so that lines may be added up without counting anybody twice.
PARTS: dict[str, dict[str, str]] = {
    INCREASE: {
        EntryKind.READMITTED: EntryKind.DEVELOPED,
        EntryKind.WHOLE: EntryKind.TRANSFERRED,
    },
    DECREASE: {ExitKind.WHOLE: ExitKind.TRANSFERRED},
}


@dataclass(frozen=True)
class Stay:
    """A member in one organization; `end` is the first day elsewhere."""

    member: int
    organization: int
    start: date
    end: date | None
    entry: str
    exit: str


@dataclass(frozen=True)
class Event:
    """A member came into the counted part of the tree, or left it."""

    member: int
    day: date
    side: str
    kind: str


@dataclass(frozen=True)
class Stretch:
    """Days on which the counted part of the tree was the same; `end` is exclusive."""

    start: date
    end: date
    organizations: frozenset[int]


def events(stays: Iterable[Stay], stretches: Sequence[Stretch]) -> list[Event]:
    """Who came and left between the first day of the stretches, exclusive, and the last.

    A member who moves within the counted part does neither; who comes or goes with the whole
    organization does so 整建制.
    """
    first, last = stretches[0].start, stretches[-1].end
    found: list[Event] = []
    ordered = sorted(stays, key=lambda stay: (stay.member, stay.start))
    for member, own in groupby(ordered, key=lambda stay: stay.member):
        inside = list(_joined(piece for stay in own for piece in _pieces(stay, stretches)))
        for piece in inside:
            if piece.start > first:
                found.append(Event(member, piece.start, INCREASE, piece.entry))
            if piece.end is not None and piece.end < last:
                found.append(Event(member, piece.end, DECREASE, piece.exit))
    return found


def _pieces(stay: Stay, stretches: Sequence[Stretch]) -> Iterator[Stay]:
    """The stay as far as its organization was counted, cut at the days on which that changed."""
    for stretch in stretches:
        start = max(stay.start, stretch.start)
        end = min(stay.end or stretch.end, stretch.end)
        if start < end and stay.organization in stretch.organizations:
            entry = stay.entry if start == stay.start else EntryKind.WHOLE
            exit = stay.exit if end == stay.end else ExitKind.WHOLE
            yield Stay(stay.member, stay.organization, start, end, entry, exit)


def _joined(pieces: Iterable[Stay]) -> Iterator[Stay]:
    """Pieces that touch, as one."""
    held: Stay | None = None
    for piece in pieces:
        if held is not None and held.end == piece.start:
            held = Stay(
                held.member, piece.organization, held.start, piece.end, held.entry, piece.exit
            )
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


@dataclass(frozen=True)
class Line:
    """One kind of coming or going, with whom it counts."""

    side: str
    kind: str
    label: str
    members: list[int]
    is_part: bool = False  # 其中: counted in the line above already

    @property
    def count(self) -> int:
        return len(self.members)


@dataclass(frozen=True)
class Flow:
    """`actual` is counted on the last day, by itself."""

    opening_on: date
    closing_on: date
    opening: int
    lines: list[Line] = field(default_factory=list)
    actual: int = 0
    opening_in: frozenset[int] = frozenset()  # the organizations counted on the first day
    closing_in: frozenset[int] = frozenset()

    def _whole(self, side: str) -> list[int]:
        lines = [line for line in self.lines if line.side == side and not line.is_part]
        return [member for line in lines for member in line.members]

    @property
    def increase(self) -> int:
        return len(self._whole(INCREASE))

    @property
    def decrease(self) -> int:
        return len(self._whole(DECREASE))

    @property
    def due(self) -> int:
        return self.opening + self.increase - self.decrease

    @property
    def closes(self) -> bool:
        return self.due == self.actual

    def behind(self, side: str, kind: str) -> QuerySet[PartyMember] | None:
        """Whom a number counts, also those who have left the reader's scope; None for no number.

        Without `kind` all who came or left, those who should be there and those who are.
        """
        line = next((one for one in self.lines if (one.side, one.kind) == (side, kind)), None)
        if line is not None:
            return _people(Q(pk__in=line.members))
        conditions: dict[str, Callable[[], Q]] = {
            OPENING: lambda: _held(self.opening_on, self.opening_in),
            INCREASE: lambda: Q(pk__in=self._whole(INCREASE)),
            DECREASE: lambda: Q(pk__in=self._whole(DECREASE)),
            DUE: self._expected,
            ACTUAL: lambda: _held(self.closing_on, self.closing_in),
        }
        return _people(conditions[side]()) if side in conditions and not kind else None

    def _expected(self) -> Q:
        """Who was there, without those who left for good and with those who came to stay."""
        change = Counter(self._whole(INCREASE))
        change.subtract(self._whole(DECREASE))
        gone = [member for member, number in change.items() if number < 0]
        come = [member for member, number in change.items() if number > 0]
        return (_held(self.opening_on, self.opening_in) & ~Q(pk__in=gone)) | Q(pk__in=come)


def _held(day: date, organizations: Collection[int]) -> Q:
    held = Membership.objects.as_of(day).filter(organization__in=organizations)
    return Q(pk__in=held.order_by().values("member"))


def _people(condition: Q) -> QuerySet[PartyMember]:
    return PartyMember.objects.filter(condition).select_related("person__home_organization")


def flow_of(organization: PartyOrganization, year: int) -> Flow:
    """The flow of an organization with all below it, from the end of the year before.

    A year that is not over is closed with today.
    """
    opening, closing = date(year - 1, 12, 31), min(date(year, 12, 31), today())
    stretches = _stretches(organization, opening, closing)
    found = events(_moved(stretches), stretches)
    return Flow(
        opening_on=opening,
        closing_on=closing,
        opening=_count(opening, stretches[0].organizations),
        lines=list(_lines(found)),
        actual=_count(closing, stretches[-1].organizations),
        opening_in=stretches[0].organizations,
        closing_in=stretches[-1].organizations,
    )


def _count(day: date, organizations: Collection[int]) -> int:
    return Membership.objects.as_of(day).filter(organization__in=organizations).count()


def _stretches(organization: PartyOrganization, opening: date, closing: date) -> list[Stretch]:
    days = Placement.objects.values_list("valid_from", "valid_to")
    changed = days.filter(
        Q(valid_from__gt=opening, valid_from__lte=closing)
        | Q(valid_to__gt=opening, valid_to__lte=closing)
    )
    cuts = {day for both in changed for day in both if day and opening < day <= closing}
    edges = [opening, *sorted(cuts), closing + timedelta(days=1)]
    return [Stretch(start, end, _below(organization, start)) for start, end in pairwise(edges)]


def _below(organization: PartyOrganization, day: date) -> frozenset[int]:
    paths = path_as_of(day)
    own = paths.get(organization.pk)
    if own is None:
        return frozenset()
    return frozenset(pk for pk, path in paths.items() if path.startswith(own))


def _moved(stretches: Sequence[Stretch]) -> list[Stay]:
    """All stays of the members of whom anything changed: theirs, or where their home stood."""
    first, last = stretches[0].start, stretches[-1].end
    ever = frozenset[int]().union(*(one.organizations for one in stretches))
    always = ever.intersection(*(one.organizations for one in stretches))
    changed = Membership.objects.filter(
        Q(valid_from__gt=first, valid_from__lt=last)
        | Q(valid_to__gt=first, valid_to__lt=last)
        | Q(organization__in=ever - always),
        organization__in=ever,
    )
    rows = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=first),
        member__in=changed.values("member"),
        valid_from__lt=last,
    )
    names = ("member_id", "organization_id", "valid_from", "valid_to", "entry_kind", "exit_kind")
    return [Stay(*row) for row in rows.order_by().values_list(*names)]


def _lines(found: Sequence[Event]) -> Iterator[Line]:
    """Every kind, also those of nobody, in the order of the table; parts follow their whole."""
    for side, kinds in ((INCREASE, EntryKind.choices), (DECREASE, ExitKind.choices)):
        parts = PARTS[side]
        for kind, label in kinds:
            behind = [
                one.member
                for one in found
                if one.side == side and kind in (one.kind, parts.get(one.kind))
            ]
            yield Line(side, kind, str(label), behind, is_part=kind in parts)
