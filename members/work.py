"""What of members came back to a user: posts, reliefs of dues, letters of transfer."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from core import work
from core.dates import today
from core.work import Group, Row
from members.dues.services import CHANGE as DUES
from members.models import (
    DuesRelief,
    LeadershipPost,
    MembershipTransfer,
    PostKind,
    PostState,
    TransferState,
)
from members.posts import CHANGE as POSTS
from organizations.audience import own_paths

TRANSFERS = "members.change"
SHOWN = 20
KEPT = timedelta(days=183)  # what nobody tried again within half a year was given up


def register() -> None:
    """Called from AppConfig.ready."""
    for provider in (posts_returned, reliefs_returned, transfers_returned):
        work.register_rows(Group.RETURNED, provider)


def posts_returned(user: Any) -> Iterator[Row]:
    """Proposed secretaries sent back, until the next one is proposed."""
    if not user.has_perm(POSTS):
        return
    again = LeadershipPost.objects.filter(
        organization=OuterRef("organization"), kind=PostKind.SECRETARY, pk__gt=OuterRef("pk")
    )
    rows = LeadershipPost.objects.visible_to(user).filter(
        ~Exists(again),
        state=PostState.RETURNED,
        organization__path__in=own_paths(user),
        valid_from__gte=_since(),
    )
    for one in rows.select_related("person", "organization").order_by("pk")[:SHOWN]:
        text = f"{one.organization}书记拟任{one.person}（{one.remark}）"
        yield _row(
            text, reverse("members:secretary_change", args=[one.organization_id]), "重新上报"
        )


def reliefs_returned(user: Any) -> Iterator[Row]:
    """Reliefs sent back, until the member is proposed again."""
    if not user.has_perm(DUES):
        return
    again = DuesRelief.objects.filter(member=OuterRef("member"), pk__gt=OuterRef("pk"))
    rows = DuesRelief.objects.visible_to(user).filter(
        ~Exists(again),
        state=DuesRelief.State.RETURNED,
        organization__path__in=own_paths(user),
        requested_on__gte=_since(),
    )
    for one in rows.select_related("member__person", "organization").order_by("pk")[:SHOWN]:
        url = reverse("members:dues_relief_new", args=[one.organization_id])
        yield _row(f"{one.organization}：{one}（{one.remark}）", url, "重新申请")


def transfers_returned(user: Any) -> Iterator[Row]:
    """Letters that the other side did not take, until there is another."""
    if not user.has_perm(TRANSFERS):
        return
    again = MembershipTransfer.objects.filter(member=OuterRef("member"), pk__gt=OuterRef("pk"))
    rows = MembershipTransfer.objects.visible_to(user).filter(
        ~Exists(again),
        state=TransferState.RETURNED,
        sender__path__in=own_paths(user),
        answered_on__gte=_since(),
    )
    for one in rows.select_related("member__person", "sender").order_by("pk")[:SHOWN]:
        url = f"{reverse('members:transfer_new')}?member={one.member_id}"
        yield _row(f"{one.member}的组织关系介绍信（{one.answer}）", url, "重新开具")


def _since() -> date:
    return today() - KEPT


def _row(text: str, url: str, action: str) -> Row:
    return Row(text, url, None, "退回", "broken", action)
