"""One enterprise entered by hand: its code checked, looked for first, its first period opened."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from core import audit, horizon
from core.fields import validate_uscc
from core.horizon import Reach
from core.search import condition
from enterprises.models import Enterprise, EnterprisePeriod, NameHistory, Ownership
from enterprises.names import core_of, name_key
from enterprises.periods import scope_path_of
from organizations.models import Area

VERB = "enterprise.register"
ALIKE = 5  # enterprises shown to whoever enters a name like theirs
STATES = ("operating_status", "unit_kind", "ownership")


def check_code(uscc: str) -> None:
    """Refuse a code that is wrong, in the register already, or was an enterprise's earlier one."""
    validate_uscc(uscc)
    if Enterprise.objects.filter(uscc=uscc).exists():
        raise ValidationError("该统一社会信用代码已在名册中，请先查询；不在您辖区的请联系县级经办")
    former = NameHistory.objects.filter(what=NameHistory.What.USCC, value=uscc)
    if former.exists():
        raise ValidationError("该代码是名册中一家企业的曾用代码，请先查询该企业")


def similar_to(name: str, *, area: Area, user: Any) -> QuerySet[Enterprise]:
    """Enterprises of the user's scope whose name is the same, or holds what distinguishes it."""
    key, place = name_key(name), area.parent.name if area.parent else ""
    core = core_of(key, [name_key(place).rstrip("省市县区")] if place else [])
    alike = condition(core) if len(core) > 1 else Q(pk__in=())
    found: QuerySet[Enterprise] = Enterprise.objects.visible_to(user).filter(
        Q(name_key=key) | alike, successor=None
    )
    return found.select_related("reporting_area").order_by("pinyin", "pk")[:ALIKE]


@transaction.atomic
def register_enterprise(
    *,
    actor: AbstractBaseUser,
    area: Area,
    facts: dict[str, Any],
    reason: str,
    on: date,
) -> Enterprise:
    """Enter an enterprise of a township or park from a day on; lists will match it by its code.

    Raises ValidationError for a code that is wrong or known, an area that is no reporting unit,
    a day to come or a missing reason.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError("请填写原因")
    horizon.require(on, Reach.FACT, "on")
    check_code(facts["uscc"])
    enterprise = _entered(area, facts, reason[:200])
    EnterprisePeriod.objects.create(
        enterprise=enterprise,
        valid_from=on,
        reporting_area=area,
        source="工作人员",
        reason=reason[:200],
        **{state: getattr(enterprise, state) for state in STATES},
    )
    audit.record(
        actor=actor,
        verb=VERB,
        target=enterprise,
        after={"name": enterprise.name, "uscc": enterprise.uscc, "reporting_area": area.name},
        reason=reason,
        scope_path=scope_path_of(enterprise),
    )
    return enterprise


def _entered(area: Area, facts: dict[str, Any], reason: str) -> Enterprise:
    """The saved enterprise; what the officer says of its area and ownership is confirmed."""
    if not area.is_reporting or area.parent is None:
        raise ValidationError({"reporting_area": "统计辖区只能是乡镇、街道或园区"})
    judged = facts.get("ownership", Ownership.UNKNOWN) != Ownership.UNKNOWN
    enterprise = Enterprise(
        county=area.parent,
        reporting_area=area,
        area_confirmed=True,
        area_reason=reason,
        ownership_confirmed=judged,
        ownership_reason=reason if judged else "",
        **facts,
    )
    enterprise.full_clean(exclude=["county", "reporting_area", "successor"])
    try:
        with transaction.atomic():
            enterprise.save()
    except IntegrityError as clash:  # entered by somebody else since the check
        raise ValidationError({"uscc": "该统一社会信用代码刚刚已被登记，请先查询"}) from clash
    return enterprise
