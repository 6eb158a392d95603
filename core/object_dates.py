"""Dates of objects that reminder rules may go by: each date of each model that has a scope.

Nothing is listed by hand: a model with `visible_to`, a date and a page of its own, or a link to
something with a page, is found by itself.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.deadlines import Deadline

MARK = "@"  # begins the key of a date; keys of kinds of deadline are plain words
YEARLY = "@@"
MOST = 500  # rows told to one user by one run
DEPTH = 2  # links followed to find a page

_guards: dict[str, str] = {}
_anniversaries: list[tuple[type[models.Model], str, str]] = []


@dataclass(frozen=True)
class ObjectDate:
    """One date field; `page` leads from a row to what has a page, `yearly` is its anniversary."""

    key: str
    model: type[models.Model]
    field: str
    label: str
    page: tuple[str, ...]
    yearly: bool = False

    @property
    def group(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def permission(self) -> str:
        """What opens the pages of such rows."""
        meta = self.model._meta
        return _guards.get(meta.label_lower, f"{meta.app_label}.view")

    def found(self, user: Any, since: date, until: date) -> Iterator[Deadline]:
        """Rows of the user's scope whose date comes after `since` and not after `until`."""
        if since >= until or not user.has_perm(self.permission):
            return
        rows: Any = self.model._default_manager
        rows = rows.visible_to(user).filter(self._condition(since, until))
        if self.page:
            rows = rows.select_related("__".join(self.page))
        for row in rows.order_by(self.field, "pk")[:MOST]:
            place = reduce(getattr, self.page, row)
            if place is None:
                continue
            on = getattr(row, self.field)
            what = f"{self.group}{self.label}" if self.page else self.label
            if self.yearly:
                on, years = _anniversary(on, since, until)
                what = f"{self.label}（{years}周年）"
            yield Deadline(on, str(place), what, place.get_absolute_url(), action="查看")

    def _condition(self, since: date, until: date) -> Q:
        if not self.yearly:
            return Q(**{f"{self.field}__gt": since, f"{self.field}__lte": until})
        days = (since + timedelta(days=n + 1) for n in range(min((until - since).days, 366)))
        return reduce(or_, (self._each_year(day) for day in days))

    def _each_year(self, day: date) -> Q:
        """That day in earlier years; the 29th of February is kept on the 28th of other years."""
        days = [day.day]
        if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
            days.append(29)
        name = self.field
        return Q(
            **{f"{name}__month": day.month, f"{name}__day__in": days, f"{name}__year__lt": day.year}
        )


def guard(model: type[models.Model], permission: str) -> None:
    """Pages of these rows need more than the view of their app; called from AppConfig.ready."""
    _guards[model._meta.label_lower] = permission


def every_year(model: type[models.Model], field: str, label: str) -> None:
    """The anniversary of a date is remembered under a name of its own; from AppConfig.ready."""
    if (model, field, label) not in _anniversaries:
        _anniversaries.append((model, field, label))


@cache
def known() -> dict[str, ObjectDate]:
    """All of them by key, in the order of apps and models."""
    found = [one for model in apps.get_models() for one in _dates_of(model)]
    for model, field, label in _anniversaries:
        key = f"{YEARLY}{model._meta.model_name}.{field}"
        found.append(ObjectDate(key, model, field, label, _page_of(model) or (), yearly=True))
    by_key = {one.key: one for one in found}
    if len(by_key) != len(found):
        raise ValueError("two dates of objects share a key")
    return by_key


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a form, grouped by what the dates belong to."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in known().values():
        groups.setdefault(one.group, []).append((one.key, one.label))
    return list(groups.items())


def _dates_of(model: type[models.Model]) -> Iterator[ObjectDate]:
    if not _is_scoped(model) or (page := _page_of(model)) is None:
        return
    for field in model._meta.fields:
        if type(field) is models.DateField:
            key = f"{MARK}{model._meta.model_name}.{field.name}"
            yield ObjectDate(key, model, field.name, str(field.verbose_name), page)


def _is_scoped(model: Any) -> bool:
    return hasattr(model._default_manager, "visible_to") and model._meta.app_label != "accounts"


def _page_of(model: Any, depth: int = 0) -> tuple[str, ...] | None:
    """Names of the links to the nearest object with a page; none where there is no way."""
    if hasattr(model, "get_absolute_url"):
        return ()
    if depth == DEPTH:
        return None
    for field in model._meta.fields:
        related = field.related_model
        if related is None or related._meta.label == settings.AUTH_USER_MODEL:
            continue
        if _is_scoped(related) and (rest := _page_of(related, depth + 1)) is not None:
            return (field.name, *rest)
    return None


def _anniversary(on: date, since: date, until: date) -> tuple[date, int]:
    """The day within the span, and how many years it is."""
    for year in range(since.year, until.year + 1):
        last = calendar.monthrange(year, on.month)[1]
        day = date(year, on.month, min(on.day, last))
        if since < day <= until:
            return day, year - on.year
    return on, 0
