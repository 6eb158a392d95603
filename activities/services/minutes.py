"""The content of a record as it was typed, and whether it can be true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from activities.models import (
    AbsenceReason,
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    DecisionKind,
    PartyGroup,
    Voters,
)
from activities.roster import (
    Seat,
    circle_of,
    is_asked,
    may_vote,
    members_of,
    roster_on,
    voters_of,
)
from activities.rules import Quorum
from core.dates import today
from members.models import Person
from organizations.models import PartyOrganization


@dataclass(frozen=True)
class Presence:
    """What was said of one person: came, or why not and when it was made up."""

    came: bool
    reason: str = ""
    made_up_on: date | None = None


@dataclass(frozen=True)
class Resolved:
    """One decision as typed."""

    text: str
    kind: str = DecisionKind.TASK
    ayes: int | None = None
    noes: int | None = None
    abstentions: int | None = None
    owner: Person | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Minutes:
    """`presences` by the number of the person; who is not named there did not come."""

    kinds: Sequence[ActivityKind]
    title: str
    held_on: date
    held_from: time
    held_to: time
    place: str = ""
    group: PartyGroup | None = None
    chair: Person | None = None
    recorder: Person | None = None
    guests: str = ""
    content: str = ""
    resolution: str = ""
    presences: Mapping[int, Presence] = field(default_factory=dict)
    decisions: Sequence[Resolved] = ()
    photos: Sequence[UUID] = ()

    @property
    def voters(self) -> Voters:
        return voters_of(self.kinds)


def check(minutes: Minutes, organization: PartyOrganization) -> list[Attendance]:
    """The attendance list; raises ValidationError keyed by the field at fault."""
    if not minutes.kinds:
        raise ValidationError({"kinds": "请至少选择一个类型。"})
    _check_times(minutes, organization)
    seats = {seat.person.pk: seat for seat in roster_on(organization, minutes.held_on)}
    _check_names(minutes, organization, seats)
    return list(_attendances(minutes, organization, seats))


def check_votes(minutes: Minutes, quorum: Quorum) -> None:
    """Whether what was put to the vote could be; raises ValidationError keyed by decisions."""
    for one in minutes.decisions:
        if one.kind == DecisionKind.TASK:
            continue
        cast = sum(votes or 0 for votes in (one.ayes, one.noes, one.abstentions))
        if quorum.rule is Voters.NOBODY:
            sentence = "所选类型的会议不作表决；请选择支部党员大会或支委会。"
        elif one.kind == DecisionKind.ELECTION and not quorum.elects:
            sentence = f"应到{quorum.voters}人，实到{quorum.came}人，未达五分之四，不能选举。"
        elif not quorum.is_met:
            sentence = quorum.sentence
        elif cast > quorum.came:
            sentence = f"“{one.text}”共计{cast}票，超过实到有表决权的{quorum.came}人。"
        else:
            continue
        raise ValidationError({"decisions": sentence})


def quorum_of(minutes: Minutes, attendances: Sequence[Attendance]) -> Quorum:
    voting = [one for one in attendances if one.votes]
    came = sum(one.status == AttendanceStatus.CAME for one in voting)
    return Quorum(minutes.voters, len(voting), came)


def same_meeting(
    minutes: Minutes, organization: PartyOrganization, but: int | None
) -> Activity | None:
    """Another record of the same organization at the same minute."""
    rows = Activity.objects.filter(
        organization=organization,
        held_on=minutes.held_on,
        held_from=minutes.held_from,
        group=minutes.group,
    ).exclude(state="cancelled")
    found: Activity | None = rows.exclude(pk=but).select_related("created_by").first()
    return found


def _check_times(minutes: Minutes, organization: PartyOrganization) -> None:
    now = timezone.localtime()
    begins = datetime.combine(minutes.held_on, minutes.held_from, tzinfo=now.tzinfo)
    founded = organization.established_on
    errors = {}
    if minutes.held_on > today():
        errors["held_on"] = "会议还没有召开，召开日期不能晚于今天；以后的会议请登记为计划。"
    elif begins > now:
        errors["held_from"] = "会议还没有开始，开始时间不能晚于现在。"
    elif founded and minutes.held_on < founded:
        errors["held_on"] = f"{organization}成立于{founded}，会议不能早于成立日期。"
    if minutes.held_to <= minutes.held_from:
        errors["held_to"] = "结束时间应晚于开始时间。"
    if errors:
        raise ValidationError(errors)


def _check_names(
    minutes: Minutes, organization: PartyOrganization, seats: Mapping[int, Seat]
) -> None:
    foreign = [pk for pk, one in minutes.presences.items() if one.came and pk not in seats]
    if foreign:
        # Whoever was never of this organization stays unnamed: numbers can be guessed.
        once = Q(home_organization=organization) | Q(
            party_member__memberships__organization=organization
        )
        known = Person.objects.filter(once, pk__in=foreign).distinct().order_by("search_key")
        names = "、".join(person.name for person in known)
        raise ValidationError(
            {"presences": f"{names or '名单中有人'}在{minutes.held_on}不在{organization}。"}
        )
    for one in minutes.presences.values():
        if one.made_up_on and one.made_up_on < minutes.held_on:
            raise ValidationError({"presences": "补课日期不能早于召开日期。"})
        if one.made_up_on and one.made_up_on > today():
            raise ValidationError({"presences": "补课日期不能晚于今天。"})
        if one.reason and one.reason not in AbsenceReason.values:
            raise ValidationError({"presences": "未到会原因不在可选范围内。"})


def _attendances(
    minutes: Minutes, organization: PartyOrganization, seats: Mapping[int, Seat]
) -> Sequence[Attendance]:
    circle, nothing, rows = circle_of(minutes.kinds), Presence(came=False), []
    groups = members_of(organization, minutes.held_on) if minutes.group else {}
    for pk, seat in seats.items():
        said = minutes.presences.get(pk, nothing)
        in_group = minutes.group is not None and groups.get(pk) == minutes.group.pk
        if not (said.came or said.reason or is_asked(seat, circle, in_group=in_group)):
            continue
        status = (
            AttendanceStatus.CAME
            if said.came
            else AttendanceStatus.LEAVE
            if said.reason
            else AttendanceStatus.ABSENT
        )
        rows.append(
            Attendance(
                person=seat.person,
                status=status,
                votes=may_vote(seat, minutes.voters),
                reason="" if said.came else said.reason,
                made_up_on=None if said.came else said.made_up_on,
            )
        )
    return rows
