"""What speaks against changing or closing an area: apps above that use areas say it here."""

from collections.abc import Callable, Iterable
from datetime import date

from django.core.exceptions import ValidationError

from organizations.models import Area

# Gets the area as it is, its kind and day of closing to be; yields (field, Chinese sentence).
Objection = Callable[[Area, str, date | None], Iterable[tuple[str, str]]]

_objections: list[Objection] = []


def register(objection: Objection) -> None:
    """Called from AppConfig.ready."""
    if objection not in _objections:
        _objections.append(objection)


def refuse_if_used(area: Area, kind: str, closed_on: date | None) -> None:
    """Raise ValidationError with every objection at its field."""
    found: dict[str, list[str]] = {}
    for objection in _objections:
        for field, sentence in objection(area, kind, closed_on):
            found.setdefault(field, []).append(sentence)
    if found:
        raise ValidationError(found)
