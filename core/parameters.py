"""Numbers that depend on a place or a year: declared in code, replaced by dated rows."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase

from core.validity import valid_on

T = TypeVar("T", int, str, bool, Decimal, tuple[str, ...])

_registry: "dict[str, Parameter[Any]]" = {}
_held: "ContextVar[dict[date, dict[str, Any]] | None]" = ContextVar("held", default=None)


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """A threshold or rule with its default and the document it comes from; the key is unique.

    `choices` (code to Chinese name) limits a text, or each text of a tuple.
    """

    key: str
    label: str
    default: T
    unit: str
    source: str
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.key in _registry:
            raise ValueError(f"parameter {self.key} is declared twice")
        self.clean(self.default if not isinstance(self.default, tuple) else list(self.default))
        _registry[self.key] = self

    def clean(self, value: object) -> T:
        """A value out of JSON in the parameter's own type; raises ValidationError if it is not."""
        match self.default, value:
            case bool(), bool():
                found: Any = value
            case (bool(), _) | (_, bool()):
                found = None
            case int(), int():
                found = value
            case Decimal(), int() | str() | Decimal():
                found = _decimal(value)
            case str(), str():
                found = value if self._is_allowed(value) else None
            case tuple(), list():
                found = tuple(value) if all(map(self._is_allowed, value)) else None
            case _:
                found = None
        if found is None:
            raise ValidationError(f"“{self.label}”的取值不合要求：{value}")
        typed: T = found
        return typed

    def _is_allowed(self, value: object) -> bool:
        return isinstance(value, str) and (not self.choices or value in self.choices)

    def value(self, *, on: date) -> T:
        """What holds on that day: the county's own row, else the default."""
        from core.models import ParameterValue  # declarations are read before models are loaded

        if (held := _held.get()) is not None:
            if on not in held:
                held[on] = values(on=on)
            found: T = held[on][self.key]
            return found
        row = ParameterValue.objects.filter(valid_on(on), key=self.key).first()
        return self.default if row is None else self.clean(row.value)


@contextmanager
def held() -> Iterator[None]:
    """Within, parameters are read once for each day; only for work that changes none."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


class ParametersMiddleware:
    """A page reads dozens of parameters, in one query for each day it speaks of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with held():
            return self.get_response(request)


def _decimal(value: int | str | Decimal) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def declared() -> "list[Parameter[Any]]":
    """Every parameter, by key."""
    return sorted(_registry.values(), key=lambda parameter: parameter.key)


def value(key: str, *, on: date) -> Any:
    """What holds for a key on that day; raises KeyError for an undeclared one."""
    return _registry[key].value(on=on)


def values(*, on: date) -> dict[str, Any]:
    """What holds on that day for every declared key, in one query."""
    from core.models import ParameterValue

    found = {parameter.key: parameter.default for parameter in declared()}
    for row in ParameterValue.objects.filter(valid_on(on), key__in=found):
        found[row.key] = _registry[row.key].clean(row.value)
    return found
