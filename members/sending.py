"""What is told, and does not refuse, when instructors are sent to enterprises."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from core.dates import today
from members.guidance import guidance_on
from members.models import Instructor, InstructorAssignment

TOLD = 5  # enterprises named in one warning


def load_warning(people: Iterable[Instructor]) -> str:
    """Who is above the county's limit today; empty when nobody is."""
    day = today()
    limit = guidance_on(day).load_limit
    loads = Instructor.objects.filter(pk__in=[one.pk for one in people]).with_load(day)
    over = loads.filter(load__gt=limit).select_related("person").order_by("pk")
    words = "、".join(f"{one}（{one.load} 家）" for one in over)
    return f"{words}超过每人 {limit} 家的上限，请考虑调整。" if words else ""


def second_warning(made: Sequence[InstructorAssignment]) -> str:
    """Which firms of new terms, all of one period, have another instructor then; else empty."""
    term = made[0]
    then = Q(valid_to__isnull=True) | Q(valid_to__gt=term.valid_from)
    if term.valid_to is not None:
        then &= Q(valid_from__lt=term.valid_to)
    others = InstructorAssignment.objects.filter(
        then, enterprise__in=[row.enterprise_id for row in made]
    ).exclude(pk__in=[row.pk for row in made])
    found = list(others.select_related("enterprise", "instructor__person"))
    words = "、".join(f"“{one.enterprise}”（{one.instructor}）" for one in found[:TOLD])
    more = f"等 {len(found)} 家" if len(found) > TOLD else ""
    return f"{words}{more}同一时期另有指导员在派，请核对是否需要两人。" if found else ""
