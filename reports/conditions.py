"""Conditions on coverage facts: each is used for a number and for the list behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from enterprises.models import FormationMode, OperatingStatus, Ownership
from enterprises.models.enterprise import NON_PUBLIC
from organizations.models import OrganizationKind
from reports.rules import CoverageRules, DueRule, ScaleDefinition

RuledQ = Callable[[CoverageRules], Q]

EVERYTHING = Q()
COVERED = Q(mode__isnull=False)
HAS_MEMBERS = Q(member_count__gt=0) | Q(full_member_count__gt=0)
NON_PUBLIC_OWNED = Q(ownership__in=NON_PUBLIC)
CLAIMED = Q(area__isnull=False)
REGISTERED = ~Q(operating_status__in=(OperatingStatus.DEREGISTERED, OperatingStatus.RELOCATED))
# Those proven to lie outside the county are nobody's to claim.
UNCLAIMED = REGISTERED & Q(area=None, enterprise__outside_county=False)
OPERATING = Q(operating_status=OperatingStatus.IN_OPERATION)
HAS_INSTRUCTOR = Q(has_instructor=True)
WORK_COVERED = COVERED | HAS_INSTRUCTOR | Q(has_mass=True)


def always(condition: Q) -> RuledQ:
    """A condition that no decision of the county changes."""
    return lambda rules: condition


def by_mode(mode: FormationMode) -> RuledQ:
    return always(Q(mode=mode))


def by_kind(*kinds: OrganizationKind) -> RuledQ:
    return always(Q(organization_kind__in=kinds))


def party_scale(rules: CoverageRules) -> Q:
    """The condition of `rules.party_scale`; where that is open the reported mark decides."""
    many = Q(employee_count__gte=rules.scale_staff_alone)
    some = Q(employee_count__gte=rules.scale_staff, employee_count__lt=rules.scale_staff_alone)
    undetermined = Q(employee_count__isnull=True) | (some & Q(annual_revenue__isnull=True))
    return (
        many
        | (some & Q(annual_revenue__gte=rules.scale_revenue))
        | (undetermined & Q(is_party_scale=True))
    )


def statistical_scale(rules: CoverageRules) -> Q:
    """The statistics bureau's own list; never computed."""
    return Q(is_statistical_scale=True)


def above_scale(rules: CoverageRules) -> Q:
    """Above scale by the definition that the county publishes."""
    if rules.scale_definition is ScaleDefinition.STATISTICAL:
        return statistical_scale(rules)
    return party_scale(rules)


def has_minimum(rules: CoverageRules) -> Q:
    return Q(full_member_count__gte=rules.minimum)


def due_to_form(rules: CoverageRules) -> Q:
    """The condition of `rules.is_due_to_form`."""
    if rules.due_rule is DueRule.OR_PARTY_SCALE:
        return has_minimum(rules) | party_scale(rules)
    return has_minimum(rules)


def formed(rules: CoverageRules) -> Q:
    return due_to_form(rules) & COVERED


def due_not_formed(rules: CoverageRules) -> Q:
    return due_to_form(rules) & ~COVERED


def few_members(rules: CoverageRules) -> Q:
    return ~COVERED & ~due_to_form(rules) & HAS_MEMBERS


def without_members(rules: CoverageRules) -> Q:
    """Also where nobody has reported a number of members yet."""
    return ~COVERED & ~due_to_form(rules) & ~HAS_MEMBERS


@dataclass(frozen=True)
class Named:
    """A condition with its key and its words."""

    key: str
    label: str
    condition: RuledQ
    basis: str = ""


# First match wins: an organization covers by one mode, the rest have none (decision 4).
CLASSES = (
    Named("single", "单独建", by_mode(FormationMode.SINGLE)),
    Named("joint", "联合建", by_mode(FormationMode.JOINT)),
    Named("hosted", "依托建", by_mode(FormationMode.HOSTED)),
    Named("attached", "挂靠建", by_mode(FormationMode.ATTACHED)),
    Named("grid", "网格建", by_mode(FormationMode.GRID)),
    Named("due_not_formed", "应建未建", due_not_formed),
    Named("few_members", "仅有个别党员", few_members),
    Named("without_members", "没有党员", without_members),
)

_FOREIGN = Q(ownership__in=(Ownership.HMT, Ownership.FOREIGN))


def _operating_and(condition: RuledQ) -> RuledQ:
    return lambda rules: OPERATING & condition(rules)


# Denominators. All mean claimed, non-public legal persons; see `reports.coverage.counted`.
POPULATIONS = (
    Named("all", "全部", always(REGISTERED), "未注销、未迁出的非公有制企业法人"),
    Named("operating", "实体运营", always(OPERATING), "登记状态为存续"),
    Named(
        "base",
        "纳入基数",
        always(OPERATING & ~Q(in_base_list=False)),
        "存续且未在普查中剔除",
    ),
    Named("eligible", "应建", _operating_and(due_to_form), "存续且达到应建条件"),
    Named(
        "statistical_scale",
        "规上(统计)",
        _operating_and(statistical_scale),
        "存续且在统计局规上名录",
    ),
    Named("party_scale", "规上(党建)", _operating_and(party_scale), "存续且达到党建口径规模"),
    Named("staff_50", "50人以上", always(OPERATING & Q(employee_count__gte=50)), "存续且50人以上"),
    Named(
        "staff_100", "100人以上", always(OPERATING & Q(employee_count__gte=100)), "存续且100人以上"
    ),
    Named("with_members", "有党员", always(OPERATING & HAS_MEMBERS), "存续且有党员"),
    Named("foreign", "外资", always(OPERATING & _FOREIGN), "存续的外商和港澳台商投资企业"),
)
POPULATION = {population.key: population for population in POPULATIONS}
