"""Model fields that know their domain: codes, periods, and values encrypted at rest."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured, ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from core import identifiers
from core.crypto import blind_index, key_ring, seal, unseal
from core.identifiers import Verdict
from core.periods import Period


def _validate(kind: identifiers.Kind, verdict: Verdict) -> None:
    if not verdict.is_usable:
        raise ValidationError(identifiers.explain(kind, verdict), code=verdict.value)


def validate_uscc(code: str) -> None:
    _validate(identifiers.USCC, identifiers.check_uscc(code))


def validate_citizen_id(number: str) -> None:
    _validate(identifiers.CITIZEN_ID, identifiers.check_citizen_id(number))


def validate_phones(numbers: str) -> None:
    for number in identifiers.split_phones(numbers):
        _validate(identifiers.PHONE, identifiers.check_phone(number))


class UsccField(models.CharField):  # type: ignore[type-arg]
    """A unified social credit code, stored in capitals without blanks."""

    default_validators = [*models.CharField.default_validators, validate_uscc]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 18, **kwargs})

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        return identifiers.normalize_uscc(value) or (None if self.null else "")

    def formfield(self, **kwargs: Any) -> Any:
        """Longer input is welcome: blanks and hyphens go before the code is checked."""
        return super().formfield(**{"max_length": 60, **kwargs})


class PeriodField(models.Field):  # type: ignore[type-arg]
    """A reporting period, stored by its code and read as a Period."""

    def db_type(self, connection: Any) -> str:
        return "varchar(7)"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Period | None:
        return None if value is None else Period.parse(value)

    def to_python(self, value: Any) -> Period | None:
        if value is None or isinstance(value, Period):
            return value
        try:
            return Period.parse(value)
        except ValueError:
            raise ValidationError("不是报告期，请写成 2026年第一季度 的样子") from None

    def get_prep_value(self, value: Any) -> str | None:
        period = self.to_python(super().get_prep_value(value))
        return None if period is None else str(period)

    def value_to_string(self, obj: models.Model) -> str:
        period = self.value_from_object(obj)
        return "" if period is None else str(period)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.CharField, **kwargs})


class Sealed(str):
    """A value as it lies in the database."""

    __slots__ = ()


class _OpensOnAccess(DeferredAttribute):
    """The attribute of an encrypted field: opened when it is read, not when the row is."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed) and instance is not None:
            value = unseal(value, self.field.context_of(instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField

_NO_NAME = re.compile(r"[<>{}\[\]|\\/@#$%^&*=+~`\"?!;:，。；：！？\x00-\x1f\x7f]")


def validate_person_name(name: str) -> None:
    if _NO_NAME.search(name):
        raise ValidationError("姓名只写文字和间隔号，不能有标点、尖括号或控制字符。")


class PersonNameField(_Text):
    """The name of a person; a plain column to migrations."""

    default_validators = [*models.CharField.default_validators, validate_person_name]

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text encrypted at rest and bound to its row by the row's never-changing `bound_to`.

    Only saving an instance writes it: an update of a queryset and `bulk_update` refuse, because
    they know no row. Nothing but emptiness can be asked of it; see BlindIndexField.
    """

    descriptor_class = _OpensOnAccess

    def __init__(self, *args: Any, bound_to: str = "uuid", **kwargs: Any) -> None:
        self.bound_to = bound_to
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.bound_to != "uuid":
            kwargs["bound_to"] = self.bound_to
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        found = super().check(**kwargs)
        try:
            self.model._meta.get_field(self.bound_to)
        except FieldDoesNotExist:
            missing = f"{self.model._meta.label} has no field {self.bound_to} to bind a value to"
            found.append(Error(missing, obj=self, id="core.E003"))
        try:
            key_ring()
        except ImproperlyConfigured as problem:
            found.append(Error(str(problem), obj=self, id="core.E004"))
        return found

    def normalize(self, text: str) -> str:
        """The form in which the text is stored and compared."""
        return text.strip()

    def to_python(self, value: Any) -> Any:
        return self.normalize(value) if isinstance(value, str) else value

    def context_of(self, instance: models.Model) -> str:
        """Table, column and row of a value, authenticated with it."""
        row = getattr(instance, self.bound_to)
        return f"{self.model._meta.db_table}.{self.column}.{row}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__[self.attname]
        if not value or isinstance(value, Sealed):
            return value
        return Sealed(seal(self.normalize(value), self.context_of(model_instance)))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return Sealed(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        if value and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: save the instance")
        return None if value is None else str(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.TextInput, **kwargs})


class CitizenIdField(EncryptedTextField):
    """A citizen ID number, encrypted; the 15-digit form is stored as the 18-digit one."""

    default_validators = [validate_citizen_id]

    def normalize(self, text: str) -> str:
        return identifiers.modern_citizen_id(identifiers.normalize_citizen_id(text))


class PhoneField(EncryptedTextField):
    """One or several telephone numbers, encrypted."""

    default_validators = [validate_phones]

    def normalize(self, text: str) -> str:
        return "、".join(identifiers.split_phones(text))


class DerivedField(models.CharField):  # type: ignore[type-arg]
    """What `by` makes of the field `of`, written with every row however it comes; a plain column.

    A save with `update_fields` must name both.
    """

    def __init__(
        self, *args: Any, of: str = "", by: Callable[[str], str] = str, **kwargs: Any
    ) -> None:
        self.of, self.by = of, by
        super().__init__(*args, **{"blank": True, "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        setattr(model_instance, self.attname, self.by(getattr(model_instance, self.of)))
        return super().pre_save(model_instance, add)


class BlindIndexField(models.CharField):  # type: ignore[type-arg]
    """The keyed digest of the encrypted field `of`: for equality and uniqueness, nothing else.

    It follows its field at each save; a save with `update_fields` must name both.
    """

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        fixed = {"max_length": 64, "null": True, "editable": False, "db_index": True}
        super().__init__(*args, **{**fixed, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {"db_index": False, **kwargs, "of": self.of}

    def digest(self, text: str) -> str:
        """The digest of a value as somebody typed it."""
        source = self.model._meta.get_field(self.of)
        assert isinstance(source, EncryptedTextField)
        return blind_index(source.normalize(text), f"{self.model._meta.db_table}.{source.column}")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.of)
        if not isinstance(value, Sealed):
            setattr(model_instance, self.attname, self.digest(value) if value else None)
        return super().pre_save(model_instance, add)
