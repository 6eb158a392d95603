"""Writing through the API: the form of the screen checks what is sent, its service keeps it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from rest_framework import exceptions, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from core.choices import RowField, RowsField

Made = TypeVar("Made")
_SHAPES: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (RowsField, {"type": "array", "items": {"type": "string"}}),
    (forms.MultipleChoiceField, {"type": "array", "items": {"type": "string"}}),
    (forms.ModelChoiceField, {"type": "integer"}),
    (forms.BooleanField, {"type": "boolean"}),
    (forms.DateField, {"type": "string", "format": "date"}),
    (forms.DecimalField, {"type": "string", "format": "decimal"}),
    (forms.IntegerField, {"type": "integer"}),
)
_ROW = "名称、代码或编号"


def written(
    form_class: Callable[[dict[str, Any]], forms.BaseForm],
    sent: Any,
    service: Callable[[Any], Made],
) -> Made:
    """What the service makes of the form filled with what was sent.

    Raises the API's ValidationError keyed by the fields of the form, in the words of the screen.
    """
    if not isinstance(sent, Mapping):
        raise exceptions.ValidationError(["请求内容应为一个对象"])
    data: dict[str, Any] = {}
    form = form_class(data)
    faults = {
        str(name): [fault] for name in sent if (fault := _take(data, form, str(name), sent[name]))
    }
    if faults:
        raise exceptions.ValidationError(faults)
    if not form.is_valid():
        raise refusal(ValidationError(form.errors.as_data()))
    try:
        return service(form)
    except ValidationError as problem:
        raise refusal(problem) from None


def refusal(problem: ValidationError) -> exceptions.ValidationError:
    """A refusal of a service or a model as one of the API, its fields kept."""
    is_keyed = hasattr(problem, "error_dict")
    return exceptions.ValidationError(problem.message_dict if is_keyed else problem.messages)


def _take(data: dict[str, Any], form: forms.BaseForm, name: str, value: Any) -> str:
    """Put one sent value where a browser would; why it cannot be, else empty."""
    field = form.fields.get(name)
    if field is None:
        return "没有这一项"
    if value is None:
        return ""
    is_many = isinstance(field, RowsField | forms.MultipleChoiceField)
    parts = value if isinstance(value, list) else [value]
    if is_many != isinstance(value, list) or not all(_is_plain(part) for part in parts):
        return "格式不对，请对照接口说明"
    texts = [part if isinstance(part, bool) else _text(field, part) for part in parts]
    data[form.add_prefix(name)] = texts if is_many else texts[0]
    return ""


def _is_plain(value: Any) -> bool:
    if isinstance(value, str):
        return not any("\ud800" <= sign <= "\udfff" for sign in value)  # half a sign
    return isinstance(value, bool | int | float | Decimal)


def _text(field: forms.Field, value: Any) -> str:
    """As it would be typed; a row of a register may be named by its key."""
    if isinstance(field, RowField) and isinstance(value, int):
        is_key = 0 < value < 2**63
        row = field.register.rows(field.user).filter(pk=value).first() if is_key else None
        return field.register.words(row) if row is not None else f"编号{value}"
    return str(value)


def body(fields: Mapping[str, forms.Field], **more: Any) -> dict[Any, Any]:
    """How the OpenAPI document describes a request; `more` are properties beyond the form."""
    named = {name: _described(field) for name, field in fields.items()}
    required = [name for name, field in fields.items() if field.required]
    whole = {
        "type": "object",
        "additionalProperties": False,
        "properties": more | named,
        "required": [*more, *required],
    }
    return {"application/json": {key: value for key, value in whole.items() if value != []}}


def _described(field: forms.Field) -> dict[str, Any]:
    shape = next((dict(told) for kind, told in _SHAPES if isinstance(field, kind)), None)
    shape = shape or {"type": "string"}
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        codes = [str(code) for code, _ in choices if code]
        shape.get("items", shape).update({"enum": codes} if codes else {})
    words = [str(field.label or ""), str(field.help_text or "")]
    if isinstance(field, RowField):
        words.append(_ROW)
    return {**shape, "description": "；".join(filter(None, words))}


class Creating(viewsets.GenericViewSet[Any]):
    """A list to which a POST adds a row, answered as it is then read."""

    write_permission: ClassVar[str]

    def form(self, data: dict[str, Any]) -> forms.BaseForm:
        raise NotImplementedError

    def write(self, form: Any) -> Any:
        """Call the service with what the form holds; returns the row."""
        raise NotImplementedError

    def create(self, request: Request) -> Response:
        made = written(self.form, request.data, self.write)
        row = self.get_queryset().get(pk=made.pk)
        return Response(self.get_serializer(row).data, status=201)
