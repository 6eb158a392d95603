"""How the stored value of a field reads to people: labels for codes, masks for personal numbers."""

import json
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model

from core.masking import mask

_personal: dict[tuple[str, str], str] = {}


def register_personal(model: type[Model], **kinds: str) -> None:
    """Say which fields of a model hold numbers of persons, and their kind of `core.masking`."""
    for name, kind in kinds.items():
        _personal[model._meta.label_lower, name] = kind


def personal_kind(model: str, name: str) -> str:
    return _personal.get((model, name), "")


def field_of(model: str, name: str) -> "Field[Any, Any] | None":
    """The field of that name, or nothing for what is no field (any more)."""
    try:
        found = apps.get_model(model)._meta.get_field(name)
    except (FieldDoesNotExist, LookupError):
        return None
    return found if isinstance(found, Field) else None


def label(model: str, name: str) -> str:
    field = field_of(model, name)
    return name if field is None else str(field.verbose_name)


def shown(model: str, name: str, value: Any) -> Any:
    """A logged value as a page shows it; None when there is nothing."""
    if value in (None, ""):
        return None
    if kind := personal_kind(model, name):
        return mask(kind, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    field = field_of(model, name)
    choices = dict(field.flatchoices) if field is not None else {}
    return choices.get(value, value) if isinstance(value, str | int) else value


def logged(value: Any) -> Any:
    """A value as the log keeps it: objects by their names."""
    plain = str(value) if isinstance(value, Model) else value
    return json.loads(json.dumps(plain, cls=DjangoJSONEncoder))
