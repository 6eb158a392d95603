"""The county's decisions behind a class of coverage: what held on a day, and its document."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.models import ParameterValue
from core.parameters import Parameter
from core.validity import valid_on
from core.views.parameters import in_words
from reports.parameters import (
    COUNTED_MODES,
    COUNTS_TEMPORARY,
    DEFAULT_POPULATION,
    DUE_RULE,
    MINIMUM,
)

_COVERED = (COUNTED_MODES, COUNTS_TEMPORARY)
_NOT_COVERED = (DUE_RULE, MINIMUM)
# Which parameters decide a class of reports.conditions.CLASSES.
_DECIDE: dict[str, tuple[Parameter[Any], ...]] = {
    "due_not_formed": _NOT_COVERED,
    "few_members": _NOT_COVERED,
    "without_members": _NOT_COVERED,
}


@dataclass(frozen=True)
class Ground:
    """A parameter as it held on the day.

    `source` is where the rule comes from; `since` and `document` are the county's own decision.
    """

    label: str
    value: str
    source: str
    since: date | None = None
    document: str = ""


def grounds_of(key: str, day: date) -> tuple[Ground, ...]:
    """What decides the class of that key, and the population that rates are published for."""
    wanted = (*_DECIDE.get(key, _COVERED), DEFAULT_POPULATION)
    rows = ParameterValue.objects.filter(valid_on(day), key__in=[one.key for one in wanted])
    own = {row.key: row for row in rows}
    return tuple(_ground(one, own.get(one.key)) for one in wanted)


def _ground(parameter: Parameter[Any], row: ParameterValue | None) -> Ground:
    value = parameter.default if row is None else parameter.clean(row.value)
    words = f"{in_words(parameter, value)}{parameter.unit}"
    ground = Ground(parameter.label, words, parameter.source)
    return replace(ground, since=row.valid_from, document=row.document) if row else ground
