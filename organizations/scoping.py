"""Who sees what: the one place that turns a user's scope into a condition on rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol, Self

from django.db import models
from django.db.models import Q


@dataclass(frozen=True)
class Scope:
    """Subtrees by path prefix, and the organizations whose rows are assigned to the user."""

    subtrees: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()  # names of grants resolved by the `assigned` registry
    user_id: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.subtrees and not self.assigned

    def covers(self, path: str) -> bool:
        """Whether a stored path lies inside one of the subtrees."""
        return any(path.startswith(subtree) for subtree in self.subtrees)


class Viewer(Protocol):
    """What a queryset needs to know of a user."""

    @property
    def scope(self) -> Scope: ...


AssignedRule = Callable[[Scope, date], Q]
_assigned_rules: dict[str, AssignedRule] = {}


def register_assigned(model_label: str, rule: AssignedRule) -> None:
    """Say which rows of a model count as assigned to a scope; called from AppConfig.ready."""
    _assigned_rules[model_label] = rule


def path_condition(lookup: str, subtrees: tuple[str, ...]) -> Q:
    """Rows whose path at `lookup` lies in one of the subtrees; matches nothing without any."""
    condition = Q(pk__in=())
    for subtree in subtrees:
        condition |= Q(**{f"{lookup}__startswith": subtree})
    return condition


class ScopedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """A queryset that can be narrowed to what a user may see; without a lookup it shows nothing."""

    scope_lookup: ClassVar[str] = ""

    def scope_condition(self, scope: Scope) -> Q:
        return path_condition(self.scope_lookup, scope.subtrees)

    def visible_to(self, user: Viewer, *, on: date | None = None) -> Self:
        """Rows within the user's scope, as of today unless a day is given."""
        from core.dates import today

        scope = user.scope
        if scope.is_empty:
            return self.none()
        condition = self.scope_condition(scope) if self.scope_lookup else Q(pk__in=())
        rule = _assigned_rules.get(self.model._meta.label)
        if scope.assigned and rule is not None:
            condition |= rule(scope, on or today())
        return self.filter(condition)
