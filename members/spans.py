"""Spans of months between days, as PostgreSQL counts them."""

from django.db.models import DateField, F, Func


class Months(Func):
    """The day that many months after the one in a column."""

    output_field = DateField()

    def __init__(self, day: str, months: int) -> None:
        template = f"(%(expressions)s::date + interval '{months} months')::date"
        super().__init__(F(day), template=template)
