"""Plain counts and sums that tables print beside the rates."""

from django.db.models import Q

from enterprises.models import FormationMode
from organizations.models import OrganizationKind
from reports.conditions import (
    CLASSES,
    COVERED,
    EVERYTHING,
    HAS_INSTRUCTOR,
    HAS_MEMBERS,
    Named,
    above_scale,
    always,
    by_kind,
    due_to_form,
    formed,
)

_JOINED = Q(mode__isnull=False) & ~Q(mode=FormationMode.SINGLE)

TALLIES = (
    Named("total", "企业总数", always(EVERYTHING)),
    Named("above_scale", "规上企业", above_scale),
    Named("with_members", "有党员企业", always(HAS_MEMBERS)),
    Named("covered", "已建党组织企业", always(COVERED)),
    Named("joined", "联合组建企业", always(_JOINED), "含依托、挂靠和网格组建"),
    Named(
        "by_committee",
        "党委",
        by_kind(
            OrganizationKind.COMMITTEE,
            OrganizationKind.WORK_COMMITTEE,
            OrganizationKind.LOCAL_COMMITTEE,
        ),
    ),
    Named("by_general_branch", "党总支", by_kind(OrganizationKind.GENERAL_BRANCH)),
    Named("by_branch", "党支部", by_kind(OrganizationKind.BRANCH, OrganizationKind.JOINT_BRANCH)),
    Named("due", "应建", due_to_form),
    Named("formed", "应建已建", formed),
    Named("with_instructor", "已派指导员企业", always(HAS_INSTRUCTOR)),
    *CLASSES,
)
TALLY = {tally.key: tally for tally in TALLIES}
SUMS = {"members": "member_count", "full_members": "full_member_count"}
