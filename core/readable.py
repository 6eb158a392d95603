"""How the stored value of a field reads to people: labels for codes, masks for personal numbers."""

import json
from collections.abc import Set as AbstractSet
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model

from core.masking import mask

_personal: dict[tuple[str, str], str] = {}
_beside: dict[str, AbstractSet[str]] = {}  # what is told of the same person elsewhere
_words: dict[tuple[str, str], str] = {}  # (model, app or "" for any, key) → what it is called


def register_personal(
    model: type[Model], beside: AbstractSet[str] = frozenset(), **kinds: str
) -> None:
    """Say which fields of a model hold numbers of persons, and their kind of `core.masking`.

    `beside` is what any page tells of the same row (`core.masking.Shown`): no mask completes it.
    """
    _beside[model._meta.label_lower] = beside
    for name, kind in kinds.items():
        _personal[model._meta.label_lower, name] = kind


def register_words(scope: str, **words: str) -> None:
    """Name what is logged beside fields: by one model (app.model), by an app or, if "", by any."""
    for name, word in words.items():
        _words[scope, name] = word


def personal_kind(model: str, name: str) -> str:
    return _personal.get((model, name), "")


def masked(model: str, name: str, value: str) -> str:
    """A number of a person as everybody may see it, wherever it stands."""
    return mask(personal_kind(model, name), value, _beside.get(model, frozenset()))


def field_of(model: str, name: str) -> "Field[Any, Any] | None":
    """The field of that name, or nothing for what is no field (any more)."""
    try:
        found = apps.get_model(model)._meta.get_field(name)
    except (FieldDoesNotExist, LookupError):
        return None
    return found if isinstance(found, Field) else None


def label(model: str, name: str) -> str:
    scopes = (model, model.partition(".")[0], "")
    word = next((_words[scope, name] for scope in scopes if (scope, name) in _words), "")
    field = None if word else _told_by(model, name)
    return word or (name if field is None else str(field.verbose_name))


def _told_by(model: str, name: str) -> "Field[Any, Any] | None":
    """The field of the object, else of a row beside it: an act logs both with the object."""
    if own := field_of(model, name):
        return own
    app, labels = model.partition(".")[0], []
    if apps.is_installed(app):
        labels = [one._meta.label_lower for one in apps.get_app_config(app).get_models()]
    return next((field for one in labels if (field := field_of(one, name))), None)


def shown(model: str, name: str, value: Any) -> Any:
    """A logged value as a page shows it; None when there is nothing."""
    if value in (None, ""):
        return None
    if personal_kind(model, name):
        return masked(model, name, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    field = _told_by(model, name)
    choices = dict(field.flatchoices) if field is not None else {}
    return choices.get(value, value) if isinstance(value, str | int) else value


def logged(value: Any) -> Any:
    """A value as the log keeps it: objects by their names."""
    plain = str(value) if isinstance(value, Model) else value
    return json.loads(json.dumps(plain, cls=DjangoJSONEncoder))
