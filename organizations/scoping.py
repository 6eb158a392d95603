"""Who sees what: the one place that turns a user's scope into a condition on rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Protocol, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Func, Q, QuerySet

from core.dates import today


class Reach(StrEnum):
    """How far a role sees: a committee's subtree, rows that a rule finds, or no business rows."""

    SUBTREE = "subtree"
    OWN_BRANCH = "own_branch"  # the branch and the enterprises it covers
    INSTRUCTOR = "instructor"  # the enterprises an instructor is sent to
    NOTHING = ""


@dataclass(frozen=True)
class Post:
    """A post over single rows; `reach` names the rule that finds them, `path` where it is held."""

    reach: Reach
    path: str


@dataclass(frozen=True)
class Scope:
    """Subtrees by path prefix, and posts whose rows the registry of assigned rows finds."""

    subtrees: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    user_id: int | None = None

    def posts_of(self, reach: Reach) -> tuple[str, ...]:
        """Paths of the organizations at which the user holds posts of that reach."""
        return tuple(post.path for post in self.posts if post.reach == reach)

    @property
    def is_empty(self) -> bool:
        return not self.subtrees and not self.posts

    def covers(self, path: str) -> bool:
        """Whether a stored path lies inside one of the subtrees."""
        return any(path.startswith(subtree) for subtree in self.subtrees)


class Viewer(Protocol):
    """What a queryset needs to know of a user."""

    @property
    def scope(self) -> Scope: ...


@dataclass(frozen=True)
class Nobody:
    """Sees nothing: for whom a form is made that is only described."""

    scope: Scope = Scope()


AssignedRule = Callable[[Scope, date], Q]
_assigned_rules: dict[tuple[str, Reach], AssignedRule] = {}


def register_assigned(model_label: str, reach: Reach, rule: AssignedRule) -> None:
    """Say which rows of a model a post of that reach opens; called from AppConfig.ready."""
    _assigned_rules[model_label, reach] = rule


def assigned_condition(model_label: str, scope: Scope, on: date) -> Q:
    """Rows that the user's posts open; matches nothing where no rule speaks of the model."""
    condition = Q(pk__in=())
    for reach in {post.reach for post in scope.posts}:
        if rule := _assigned_rules.get((model_label, reach)):
            condition |= rule(scope, on)
    return condition


def path_condition(lookup: str, subtrees: tuple[str, ...]) -> Q:
    """Rows whose path at `lookup` lies in one of the subtrees; matches nothing without any."""
    condition = Q(pk__in=())
    for subtree in subtrees:
        condition |= Q(**{f"{lookup}__startswith": subtree})
    return condition


class _EqualsAny(Func):
    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = models.BooleanField()


def among(column: str, rows: QuerySet[Any]) -> Q:
    """Rows whose foreign key is one of these: they are looked up once, then meet its index.

    A condition on a joined path beside an OR would have the database read the whole table.
    """
    return Q(_EqualsAny(F(column), ArraySubquery(rows.order_by().values("pk"))))


class ScopedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """A queryset that can be narrowed to what a user may see; without a lookup it shows nothing."""

    scope_lookup: ClassVar[str] = ""

    def scope_condition(self, scope: Scope) -> Q:
        return path_condition(self.scope_lookup, scope.subtrees)

    def visible_to(self, user: Viewer, *, on: date | None = None) -> Self:
        """Rows within the user's scope, as of today unless a day is given."""
        scope = user.scope
        if scope.is_empty:
            return self.none()
        condition = self.scope_condition(scope) if self.scope_lookup else Q(pk__in=())
        condition |= assigned_condition(self.model._meta.label, scope, on or today())
        return self.filter(condition)
