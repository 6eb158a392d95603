"""Plans of the demonstration county: firms that outgrew their joint branch, at every stage."""

from datetime import date, timedelta

from enterprises.formation.services import advance, begin_work, open_plans, plan_formation
from enterprises.models import (
    CoverageLink,
    Enterprise,
    EnterpriseYear,
    FormationMode,
    FormationObstacle,
    FormationPlan,
    FormationReason,
)
from organizations.models import PartyOrganization
from reports.demo.branches import NEW_OWN
from reports.demo.firms import Firm
from reports.demo.names import Names

GROWN, FREE = 7, 2  # firms with enough members; of these the finder still offers some
ACTS = ("formation.prepare", "formation.approve")


def store_plans(
    firms: list[Firm], own: list[PartyOrganization], names: Names, latest: date, today: date
) -> None:
    grown = [firm for firm in firms if not firm.is_own and firm.founded <= latest][4::37][:GROWN]
    EnterpriseYear.objects.filter(
        enterprise__in=[firm.enterprise for firm in grown], reference_date=latest
    ).update(member_count=4, full_member_count=3)
    begun = latest + timedelta(days=1)
    waiting = _open([firm.enterprise for firm in grown[:-FREE]], begun)
    for number, plan in enumerate(waiting[1:]):
        _plan(plan, names, begun + timedelta(days=20), today + timedelta(days=30 * number - 15))
    advance(actor=None, plans=waiting[3:], act=ACTS[0], on=today - timedelta(days=9))
    advance(
        actor=None, plans=waiting[4:], act=ACTS[1], on=today, document=f"怀组〔{today.year}〕12号"
    )
    _finish(own[:NEW_OWN], names)


def _open(enterprises: list[Enterprise], on: date) -> list[FormationPlan]:
    reasons = dict.fromkeys(enterprises, FormationReason.OUTGROWN)
    return open_plans(actor=None, reasons=reasons, on=on)


def _plan(plan: FormationPlan, names: Names, on: date, until: date) -> None:
    plan_formation(
        actor=None,
        plans=[plan],
        on=on,
        planned_on=max(until, on),
        mode=FormationMode.SINGLE,
        proposed_name=f"中共{plan.enterprise}支部委员会",
        leader=names.person(),
        person=names.person(),
        obstacle=FormationObstacle.SUPERIOR,
        measures="派指导员上门指导，物色书记人选",
    )


def _finish(own: list[PartyOrganization], names: Names) -> None:
    """Those that formed their own branch this year had a plan for it."""
    links = CoverageLink.objects.filter(organization__in=own, mode=FormationMode.SINGLE)
    for link in links.select_related("enterprise__reporting_area__committee", "organization"):
        begun = link.valid_from - timedelta(days=60)
        (plan,) = _open([link.enterprise], begun)
        _plan(plan, names, begun + timedelta(days=5), link.valid_from)
        begin_work(actor=None, links={plan: link})
