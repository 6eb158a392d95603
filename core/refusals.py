"""Where a refusal stands: the sentence of a constraint at the field that puts it right."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Model


def clean_at(row: Model, fields: Mapping[str, str]) -> None:
    """`full_clean`, with what the constraints named in `fields` refuse at those fields."""
    try:
        row.full_clean()
    except ValidationError as problem:
        where = {
            constraint.violation_error_message: fields[constraint.name]
            for constraint in row._meta.constraints
            if constraint.name in fields
        }
        errors: dict[str, list[ValidationError]] = {}
        for name, found in problem.error_dict.items():
            for error in found:
                errors.setdefault(where.get(error.message, name), []).append(error)
        raise ValidationError(errors) from None
