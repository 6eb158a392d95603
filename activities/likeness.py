"""Copied text and pictures, found quietly: told to the branch first, never counted or ranked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from activities.models import Activity, ActivityPhoto, ActivityState
from core.dates import today
from core.text import fold

PIECE = 3  # characters
LEAST = 40  # a shorter text says too little to be called a copy
ALIKE = 0.8  # of all pieces of both texts
SAME_BITS = 4  # of 64 in which two copies of one picture may differ
LOOK_BACK = timedelta(days=200)
OPEN = {ActivityState.RECORDED, ActivityState.SUBMITTED, ActivityState.RETURNED}
_WORDS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Remark:
    """One sentence, and the earlier record where the branch itself has one."""

    text: str
    earlier: Activity | None = None


def pieces(text: str) -> set[str]:
    plain = _WORDS.sub("", fold(text))
    return {plain[place : place + PIECE] for place in range(len(plain) - PIECE + 1)}


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of pieces that both texts have; 0 for texts too short to tell."""
    first, second = pieces(one), pieces(other)
    if min(len(first), len(second)) + PIECE <= LEAST:
        return 0.0
    return len(first & second) / len(first | second)


def differing_bits(one: int, other: int) -> int:
    return ((one ^ other) & (2**64 - 1)).bit_count()


def with_recent(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """The rows with what remarks need, in as many statements for fifty as for one."""
    again = ActivityPhoto.objects.filter(sha256=OuterRef("sha256")).exclude(activity=None)
    repeated = ActivityPhoto.objects.filter(
        Exists(again.exclude(activity=OuterRef("activity"))), activity=OuterRef("pk")
    )
    recent = (
        Activity.objects.recorded()
        .filter(held_on__gte=today() - 2 * LOOK_BACK)
        .order_by("-held_on", "-pk")
        .prefetch_related("photos")
    )
    return rows.annotate(has_repeated_photo=Exists(repeated)).prefetch_related(
        "photos", Prefetch("organization__activities", recent, to_attr="recent")
    )


def remarks_of(row: Activity) -> list[Remark]:
    """What the branch is told on the page of its own record, until that is accepted."""
    if row.state not in OPEN:
        return []
    return remarks(with_recent(Activity.objects.filter(pk=row.pk)).get())


def remarks(row: Activity) -> list[Remark]:
    """Of a row that came through `with_recent`."""
    found = []
    held = row.held_on or date.max
    recent: Iterable[Activity] = getattr(row.organization, "recent", ())
    earlier = [
        one
        for one in recent
        if one.pk != row.pk and one.held_on and held - LOOK_BACK <= one.held_on <= held
    ]
    for one in earlier:
        share = likeness(row.content, one.content)
        if share >= ALIKE:
            found.append(Remark(f"内容与{one.held_on}《{one}》的记录有{share:.0%}相同。", one))
            break
    before = [photo for one in earlier for photo in one.photos.all()]
    if any(_is_copy(mine, other) for mine in row.photos.all() for other in before):
        found.append(Remark("有照片与本支部以前的记录相似。"))
    elif getattr(row, "has_repeated_photo", False):
        found.append(Remark("有照片在另一份记录中用过。"))
    return found


def _is_copy(one: ActivityPhoto, other: ActivityPhoto) -> bool:
    return one.sha256 == other.sha256 or differing_bits(one.likeness, other.likeness) <= SAME_BITS
