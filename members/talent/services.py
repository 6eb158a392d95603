"""Services of trainings, the talent pool and organizers of parks."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.codes import Standing
from members.models import (
    ParkOrganizer,
    PartyMember,
    Person,
    TalentEntry,
    TalentPlacement,
    Training,
    TrainingAttendance,
)
from members.services.persons import Actor
from organizations.models import Area, AreaKind, PartyOrganization

CHANGE = "members.posts"
VERBS = {
    "training.hold": "登记培训班",
    "training.change": "修改培训班",
    "training.attend": "登记参加培训",
    "training.attendance": "修改参加培训",
    "training.leave_out": "取消参加培训",
    "talent.enter": "人才入库",
    "talent.change": "修改人才信息",
    "talent.place": "安排人才",
    "talent.withdraw": "结束人才安排",
    "talent.leave": "人才出库",
    "organizer.appoint": "配备园区组织员",
    "organizer.relieve": "免去园区组织员",
}
AT = {
    "members_training_in_order": "ends_on",
    "members_training_once": "name",
    "members_talent_in_order": "left_on",
    "members_talent_certified": "certified_on",
    "members_talent_certificate_in_order": "certified_until",
    "members_placement_once": "valid_from",
    "members_organizer_once": "person",
}


@transaction.atomic
def hold_training(*, actor: Actor, organization: PartyOrganization, **facts: Any) -> Training:
    training = Training(organization=organization, **facts)
    clean_at(training, AT)
    training.save()
    _log(actor, "training.hold", training, organization.path, after=facts)
    return training


@transaction.atomic
def change_training(*, actor: Actor, training: Training, **facts: Any) -> Training:
    """Who was entered with the hours of the class keeps them with it."""
    rows = Training.objects.select_for_update(of=("self",)).select_related("organization")
    training = rows.get(pk=training.pk)
    was = {name: getattr(training, name) for name in facts}
    hours = training.hours
    for name, value in facts.items():
        setattr(training, name, value)
    clean_at(training, AT)
    before, after = audit.difference(was, facts)
    if after:
        training.save()
        training.attendances.filter(hours=hours).update(hours=training.hours)
        path = training.organization.path
        _log(actor, "training.change", training, path, before=before, after=after)
    return training


@transaction.atomic
def attend(
    *, actor: Actor, training: Training, people: Iterable[Person], hours: Decimal | None = None
) -> int:
    """Enter people into a class, with its hours unless others are given.

    Who is entered already is passed over.
    """
    known = set(training.attendances.values_list("person", flat=True))
    new = {one.pk: one for one in people if one.pk not in known}
    TrainingAttendance.objects.bulk_create(
        TrainingAttendance(training=training, person=one, hours=hours or training.hours)
        for one in new.values()
    )
    if new:
        names = "、".join(one.name for one in new.values())
        path = training.organization.path
        _log(actor, "training.attend", training, path, after={"attendances": names})
    return len(new)


@transaction.atomic
def change_attendance(
    *, actor: Actor, attendance: TrainingAttendance, hours: Decimal, certificate: str
) -> None:
    """Raises ValidationError keyed by hours and certificate."""
    attendance = _attendance(attendance)
    facts: dict[str, Any] = {"hours": hours, "certificate": certificate}
    before, after = audit.difference({one: getattr(attendance, one) for one in facts}, facts)
    attendance.hours, attendance.certificate = hours, certificate
    clean_at(attendance, {})
    if after:
        attendance.save()
        who = {"attendances": attendance.person.name}
        training, path = attendance.training, attendance.training.organization.path
        _log(actor, "training.attendance", training, path, before=before, after=who | after)


@transaction.atomic
def leave_out(*, actor: Actor, attendance: TrainingAttendance, reason: str) -> None:
    """Somebody was entered who did not take part."""
    attendance = _attendance(attendance)
    who = {"attendances": attendance.person.name}
    training, path = attendance.training, attendance.training.organization.path
    attendance.delete()
    _log(actor, "training.leave_out", training, path, before=who, reason=reason)


def _attendance(attendance: TrainingAttendance) -> TrainingAttendance:
    rows = TrainingAttendance.objects.select_for_update(of=("self",))
    found: TrainingAttendance = rows.select_related("training__organization", "person").get(
        pk=attendance.pk
    )
    return found


@transaction.atomic
def enter_talent(*, actor: Actor, person: Person, **facts: Any) -> TalentEntry:
    """Raises ValidationError keyed by person and the fields of the entry."""
    _require_standing(person)
    if TalentEntry.objects.filter(person=person).exists():
        raise ValidationError({"person": f"{person}已在人才库中。"})
    entry = TalentEntry(person=person, **facts)
    clean_at(entry, AT)
    entry.save()
    _log(actor, "talent.enter", entry, person.home_organization.path, after=facts)
    return entry


@transaction.atomic
def change_talent(*, actor: Actor, entry: TalentEntry, **facts: Any) -> TalentEntry:
    entry = TalentEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    before = {name: getattr(entry, name) for name in facts}
    for name, value in facts.items():
        setattr(entry, name, value)
    clean_at(entry, AT)
    was, now = audit.difference(before, facts)
    if now:
        entry.save()
        _log(actor, "talent.change", entry, _home(entry), before=was, after=now)
    return entry


@transaction.atomic
def place_talent(
    *,
    actor: Actor,
    entry: TalentEntry,
    organization: PartyOrganization,
    role: str,
    on: date,
    document: str = "",
) -> TalentPlacement:
    """Raises ValidationError keyed by organization, on and role."""
    if entry.left_on and entry.left_on <= on:
        raise ValidationError({"on": f"此人已于{entry.left_on}出库。"})
    placement = TalentPlacement(
        entry=entry, organization=organization, role=role, valid_from=on, document=document
    )
    clean_at(placement, {**AT, "members_placement_once": "on"})
    placement.save()
    after = {"organization": str(organization), "role": placement.get_role_display(), "on": on}
    _log(actor, "talent.place", entry, _home(entry), after=after)
    return placement


@transaction.atomic
def withdraw_talent(*, actor: Actor, entry: TalentEntry, on: date, reason: str) -> None:
    """The placement of that day ends."""
    require_day(on, Reach.ACT, "on")
    present = TalentPlacement.objects.select_for_update().filter(entry=entry, valid_to=None).first()
    if present is None:
        raise ValidationError("此人现在没有安排岗位。")
    if on <= present.valid_from:
        raise ValidationError({"on": f"应晚于到岗日期{present.valid_from}。"})
    present.valid_to = on
    present.save(update_fields=["valid_to"])
    _log(actor, "talent.withdraw", entry, _home(entry), after={"valid_to": on}, reason=reason)


@transaction.atomic
def leave_pool(*, actor: Actor, entry: TalentEntry, on: date, reason: str) -> None:
    require_day(on, Reach.FACT, "on")
    entry = TalentEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if entry.placements.filter(valid_to=None).exists():
        raise ValidationError("此人还有安排的岗位，请先结束安排。")
    entry.left_on, entry.left_reason = on, reason
    clean_at(entry, {**AT, "members_talent_in_order": "on"})
    entry.save(update_fields=["left_on", "left_reason"])
    _log(actor, "talent.leave", entry, _home(entry), after={"left_on": on}, reason=reason)


@transaction.atomic
def appoint_organizer(
    *, actor: Actor, area: Area, person: Person, on: date, engagement: str, document: str = ""
) -> ParkOrganizer:
    """Raises ValidationError keyed by area, person and on."""
    if area.kind != AreaKind.PARK:
        raise ValidationError({"area": "组织员配备到园区，请选择园区。"})
    _require_standing(person)
    organizer = ParkOrganizer(
        area=area, person=person, valid_from=on, engagement=engagement, document=document
    )
    clean_at(organizer, AT)
    organizer.save()
    after = {"person": person.name, "valid_from": on, "engagement": engagement}
    _log(actor, "organizer.appoint", organizer, area.committee.path, after=after)
    return organizer


@transaction.atomic
def relieve_organizer(*, actor: Actor, organizer: ParkOrganizer, on: date, reason: str) -> None:
    require_day(on, Reach.ACT, "on")
    organizer = ParkOrganizer.objects.select_for_update(of=("self",)).get(pk=organizer.pk)
    if organizer.valid_to is not None:
        raise ValidationError("已经离任。")
    if on <= organizer.valid_from:
        raise ValidationError({"on": f"应晚于任职日期{organizer.valid_from}。"})
    organizer.valid_to = on
    organizer.save(update_fields=["valid_to"])
    path = organizer.area.committee.path
    _log(actor, "organizer.relieve", organizer, path, after={"valid_to": on}, reason=reason)


def _require_standing(person: Person) -> None:
    """Whose membership was stopped or has ended is neither an organizer nor of the pool."""
    member = PartyMember.objects.filter(person=person).first()
    if member is not None and member.standing not in (Standing.ACTIVE, Standing.MOVED):
        words = member.get_standing_display()
        raise ValidationError({"person": f"{person}的党籍状态是“{words}”，不能登记。"})


def _home(entry: TalentEntry) -> str:
    return entry.person.home_organization.path


def _log(actor: Actor, verb: str, target: Model, path: str, **facts: Any) -> None:
    audit.record(actor=actor, verb=verb, target=target, scope_path=path, **facts)
