"""Facts that hold from one day until another: the base of every dated record.

The end is exclusive: `valid_to` is the first day on which the fact no longer holds, so that the
end of one fact is the start of the next and a period has as many days as its ends differ.
"""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q


class DateRange(Func):
    """PostgreSQL's daterange over two columns, first day included, last day excluded."""

    function = "daterange"
    output_field = DateRangeField()


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def as_of(self, day: date) -> Self:
        """Rows that hold on that day."""
        return self.filter(valid_on(day))


def valid_on(day: date, prefix: str = "") -> Q:
    """Condition "holds on that day", for a dated record reached through `prefix` (ends in __)."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


_NOT_IN_ORDER = "终止日期应晚于起始日期"


class Dated(models.Model):
    """A fact with its first day and the first day on which it no longer holds."""

    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("终止日期", null=True, blank=True, help_text="自该日起不再有效")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_in_order",
                violation_error_message=_NOT_IN_ORDER,
            )
        ]

    def clean(self) -> None:
        """Tell of a day out of reason, and of a reversed period before PostgreSQL has to."""
        from core.horizon import Reach, require  # its parameters are dated themselves

        super().clean()
        if self.valid_from:
            require(self.valid_from, Reach.ACT, "valid_from")
        if self.valid_to:
            require(self.valid_to, Reach.PLAN, "valid_to")
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _NOT_IN_ORDER})


def no_overlap(
    name: str,
    *fields: str,
    message: str = "同一时段已有记录",
    condition: Q | None = None,
) -> ExclusionConstraint:
    """No two rows with equal `fields` hold on the same day (needs btree_gist).

    With `condition`, no two of the rows that meet it.
    """
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
    )
