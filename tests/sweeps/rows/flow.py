"""Addresses of transfers, absences, lost and hidden members."""

from collections.abc import Callable

from tests.sweeps.row import ABOVE, Row, of, page, thing
from tests.sweeps.stage import Stage

VIEW, CHANGE = "members.view", "members.change"


def _stays(**more: str) -> Callable[[Stage], dict[str, str]]:
    def fill(stage: Stage) -> dict[str, str]:
        member = stage.things.stays
        return {"member": f"{member}（党员{member.pk}）", **more}

    return fill


def _act(name: str, act: str, **fill: str) -> Row:
    return Row(CHANGE, of(name, act=act), seen_by=ABOVE, fill=fill)


ROWS: dict[str, Row] = {
    "members:member_choices": page(VIEW),
    "members:transfer_list": page(VIEW),
    "members:transfer_due": page(VIEW),
    "members:transfer_new": page(CHANGE, fill=_stays(receiving_unit="东岭以外的某县委组织部")),
    "members:transfer": thing("letter", VIEW),
    "members:transfer_print": thing("letter", VIEW),
    "members:transfer_act": _act("letter", "accept"),
    "members:mobile_list": page(VIEW),
    "members:mobile_new": page(CHANGE, fill=_stays()),
    "members:mobile": thing("absence", VIEW),
    "members:mobile_edit": thing("absence", CHANGE, fill={"host_address": "东岭以外的某路1号"}),
    "members:mobile_act": _act("absence", "contact"),
    "members:lost_list": page(VIEW),
    "members:lost_new": page(CHANGE, fill=_stays()),
    "members:lost": thing("loss", VIEW),
    "members:lost_edit": thing("loss", CHANGE, fill={"remark": "东岭补记"}),
    "members:lost_act": _act("loss", "suspend"),
    "members:hidden_list": page(VIEW),
    "members:hidden_new": page(CHANGE),
    "members:hidden": thing("finding", VIEW),
    "members:hidden_edit": thing("finding", CHANGE, fill={"remark": "东岭补记"}),
    "members:hidden_act": _act("finding", "verify"),
    "api:membershiptransfer-list": page(VIEW),
    "api:membershiptransfer-detail": thing("letter", VIEW),
    "api:mobilerecord-list": page(VIEW),
    "api:mobilerecord-detail": thing("absence", VIEW),
}
