"""What the register puts on a user's work page: lists that wait, firms that nobody claimed."""

from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse

from core.work import Block, Row
from enterprises.models import BatchState, CensusBatch, Enterprise, Ownership
from enterprises.views.imports import TONES

ROWS = 5


def imports(user: Any) -> Block | None:
    """The latest lists of the user's unit."""
    if not user.has_perm("enterprises.census"):
        return None
    batches = CensusBatch.objects.visible_to(user).order_by("-pk")[:ROWS]
    rows = tuple(
        Row(
            f"{batch.get_source_display()}：{batch.original_name}",
            reverse("enterprises:import_batch", args=[batch.pk]),
            batch.created_at,
            batch.get_state_display(),
            TONES.get(BatchState(batch.state), "none"),
        )
        for batch in batches
    )
    return Block("最近导入", rows, reverse("enterprises:batch_list"), "还没有导入过名单。")


def unsettled(user: Any) -> Block | None:
    """Firms that stand in no figure until somebody says where they belong and who controls them."""
    if not user.has_perm("enterprises.change"):
        return None
    waiting = Q(reporting_area=None, outside_county=False)
    open_judgement = Q(ownership=Ownership.UNKNOWN) & ~Q(reporting_area=None)
    found = Enterprise.objects.visible_to(user).aggregate(
        unclaimed=Count("pk", filter=waiting),
        since=Min("unclaimed_since", filter=waiting),
        unknown=Count("pk", filter=open_judgement),
    )
    url = "/enterprises/"  # the list with its judgement belongs to the reports above
    rows = []
    if found["unclaimed"]:
        since = f"，最早自 {found['since']}" if found["since"] else ""
        text = f"待认领企业 {found['unclaimed']:,} 家{since}"
        rows.append(Row(text, f"{url}?unclaimed=true", state="待认领", tone="attention"))
    if found["unknown"]:
        text = f"控股情况待认定 {found['unknown']:,} 家"
        rows.append(Row(text, f"{url}?ownership=unknown", state="待认定", tone="attention"))
    return Block("待核实企业", tuple(rows), empty="没有待认领、待认定的企业。")
