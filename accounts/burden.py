"""How much is asked of people, by role and month, from what was recorded; nobody is ranked."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Q, Sum
from django.utils import timezone

from accounts import roles
from accounts.models import ScopeGrant, User
from core import asked, audit, burden
from core.burden import Demand
from core.models import AuditEntry
from core.periods import Period
from organizations.scoping import path_condition
from organizations.sheets import REASON, sheets

# Kinds of entries that are no filling in: accounts, rights, files taken out, the product itself.
APART = (
    *("account", "act", "calendar", "grant", "job", "ledger", "list", "log", "reveal", "role"),
    *("token", "demo", "reminder"),
)
GREW = 15
TENTH = Decimal("0.1")


class _Keys(Func):
    """How many fields an entry holds."""

    template = (
        "CASE jsonb_typeof(%(expressions)s) WHEN 'object'"
        " THEN (SELECT count(*) FROM jsonb_object_keys(%(expressions)s)) ELSE 0 END"
    )
    output_field = IntegerField()


@dataclass
class Amount:
    """Of a role or of one act of a role: acts, fields written by hand, acts out of sheets."""

    acts: int = 0
    fields: int = 0
    by_sheet: int = 0

    def add(self, acts: int, fields: int, by_sheet: int) -> None:
        self.acts, self.fields = self.acts + acts, self.fields + fields
        self.by_sheet += by_sheet


@dataclass(frozen=True)
class RoleLine:
    """One role in both months; `holders` are those who hold it at the end of the later one."""

    key: str
    label: str
    now: Amount
    before: Amount
    holders: int

    @property
    def change(self) -> int:
        return self.now.fields - self.before.fields

    @property
    def each(self) -> Decimal | None:
        """Fields a holder wrote on average, one decimal."""
        if not self.holders:
            return None
        return (Decimal(self.now.fields) / self.holders).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Growth:
    """One act of a role of which more was written than before."""

    role: str
    act: str
    now: Amount
    before: Amount

    @property
    def change(self) -> int:
        return self.now.fields - self.before.fields


@dataclass(frozen=True)
class DeclaredLine:
    """What the product's own forms and sheets ask of a role, as they stand."""

    label: str
    forms: int
    fields: int
    required: int
    sheets: int
    columns: int


@dataclass(frozen=True)
class DemandLine:
    """What a rule asks of each holder: times a month, rounded to a tenth."""

    role: str
    demand: Demand
    now: Decimal
    before: Decimal


@dataclass(frozen=True)
class Burden:
    month: Period
    earlier: Period
    roles: list[RoleLine]
    grown: list[Growth]
    declared: list[DeclaredLine]
    demands: list[DemandLine]


Written = dict[tuple[str, str], Amount]


def burden_of(user: User, month: Period, earlier: Period) -> Burden:
    """Within the reader's subtrees. Entries of imports count as acts, their fields do not."""
    now, before = _written(user, month), _written(user, earlier)
    grown = [
        Growth(_label(role), audit.verb_label(verb), amount, before.get((role, verb), Amount()))
        for (role, verb), amount in now.items()
    ]
    return Burden(
        month,
        earlier,
        _role_lines(user, month, now, before),
        sorted((one for one in grown if one.change > 0), key=lambda one: -one.change)[:GREW],
        [_declared(role) for role in roles.ROLES if not role.is_administrator],
        _demands(user, month, earlier),
    )


def _role_lines(user: User, month: Period, now: Written, before: Written) -> list[RoleLine]:
    within = path_condition("organization__path", user.scope.subtrees)
    held = ScopeGrant.objects.as_of(month.last).filter(within, source=None, user__is_active=True)
    counted = held.order_by().values_list("role").annotate(Count("user", distinct=True))
    holders = dict(counted)
    return [
        RoleLine(key, label, _sum(now, key), _sum(before, key), holders.get(key, 0))
        for key, label in roles.BUSINESS
    ]


def _sum(written: Written, role: str) -> Amount:
    total = Amount()
    for (key, _), amount in written.items():
        if key == role:
            total.add(amount.acts, amount.fields, amount.by_sheet)
    return total


def _written(user: User, month: Period) -> Written:
    """By role and verb; whoever held several roles in the month counts for the first of them."""
    role_of = _roles_in(month)
    found: Written = {}
    for actor, verb, acts, by_sheet, fields in _entries(user, month):
        if role := role_of.get(actor):
            found.setdefault((role, verb), Amount()).add(acts, fields or 0, by_sheet)
    return found


def _entries(user: User, month: Period) -> Any:
    begin = timezone.make_aware(datetime.combine(month.first, time()))
    end = timezone.make_aware(datetime.combine(month.last + timedelta(days=1), time()))
    apart = Q()
    for prefix in APART:
        apart |= Q(verb__startswith=f"{prefix}.") | Q(verb=prefix)
    entries = AuditEntry.objects.filter(
        path_condition("scope_path", user.scope.subtrees),
        at__gte=begin,
        at__lt=end,
        actor__isnull=False,
    ).exclude(apart)
    grouped = entries.order_by().values_list("actor", "verb")
    by_sheet = Q(reason=REASON)
    return grouped.annotate(
        acts=Count("pk"),
        by_sheet=Count("pk", filter=by_sheet),
        fields=Sum(_Keys(F("after")), filter=~by_sheet),
    )


def _roles_in(month: Period) -> dict[int, str]:
    rank = {role.key: place for place, role in enumerate(roles.ROLES)}
    lasts = Q(valid_to=None) | Q(valid_to__gt=month.first)
    held = ScopeGrant.objects.filter(lasts, valid_from__lte=month.last, source=None)
    found: dict[int, str] = {}
    for pk, role in held.order_by().values_list("user", "role"):
        if pk not in found or rank[role] < rank[found[pk]]:
            found[pk] = role
    return found


def _declared(role: roles.Role) -> DeclaredLine:
    """Each form once, whichever of the role's permissions opens it."""
    forms = {one.form: one for one in asked.declared() if one.permission in role.permissions}
    own = [sheet for sheet in sheets() if sheet.permission in role.permissions]
    return DeclaredLine(
        role.label,
        len(forms),
        sum(one.fields for one in forms.values()),
        sum(one.required for one in forms.values()),
        len(own),
        sum(len(tuple(sheet.resource.vocabulary)) for sheet in own),
    )


def _demands(user: User, month: Period, earlier: Period) -> list[DemandLine]:
    """What rules ask in either month, how often in each; what has ended stays in sight."""
    now, before = (
        {(one.role, one.what): one for one in burden.demands(user, each.first, each.last)}
        for each in (month, earlier)
    )
    return [
        DemandLine(_label(one.role), one, _times(now.get(key)), _times(before.get(key)))
        for key, one in (before | now).items()
    ]


def _times(demand: Demand | None) -> Decimal:
    times = demand.times if demand else 0
    return (Decimal(times.numerator) / times.denominator).quantize(TENTH, ROUND_HALF_UP)


def _label(role: str) -> str:
    return dict(roles.CHOICES).get(role, role)
