"""Bringing back earlier facts of an enterprise from its history, each through its own service."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

from core import history, reveal
from core.dates import today
from core.masking import Sensitive
from enterprises import services
from enterprises.census.columns import REGISTRY_FIELDS
from enterprises.models import Enterprise, Ownership
from enterprises.periods import scope_path_of
from organizations.models import Area

STATES = frozenset({"operating_status", "unit_kind"})
FACTS = frozenset(REGISTRY_FIELDS) - STATES
VERBS = ("enterprise.change", "enterprise.period", "enterprise.judge", "enterprise.claim")


def register() -> None:
    history.register(
        Enterprise,
        permission="enterprises.change",
        fields=FACTS | STATES | {"ownership", "reporting_area"},
        verbs=VERBS,
        restore=restore,
    )
    reveal.register(Enterprise, scope_path=scope_path_of, phone=Sensitive.PHONE)


def restore(
    actor: AbstractBaseUser, enterprise: Enterprise, field: str, value: Any, reason: str
) -> None:
    if field in FACTS:
        services.change_enterprise(
            actor=actor, enterprise=enterprise, facts={field: value}, reason=reason
        )
    elif field in STATES:
        services.change_status(
            actor=actor, enterprise=enterprise, reason=reason, on=today(), **{field: value}
        )
    elif field == "ownership":
        if value == Ownership.UNKNOWN:
            raise ValidationError("“待认定”不是认定结论，不能恢复。")
        services.judge_ownership(
            actor=actor, enterprise=enterprise, ownership=Ownership(value), reason=reason
        )
    else:
        area = _area(actor, enterprise, value)
        services.claim_area(actor=actor, enterprises=[enterprise], area=area, reason=reason)


def _area(actor: Any, enterprise: Enterprise, name: str | None) -> Area | None:
    """The reporting area that the log names; it must still be there, within the actor's scope."""
    if not name:
        return None
    areas = Area.objects.reporting().visible_to(actor)
    found: Area | None = areas.filter(name=name, parent=enterprise.county_id).first()
    if found is None:
        raise ValidationError(f"辖区“{name}”已撤销、更名或不在您的范围内，不能恢复。")
    return found
