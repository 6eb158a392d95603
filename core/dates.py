"""Today in the county's time zone: the only place that asks the clock for a day."""

from datetime import date

from django.utils import timezone


def today() -> date:
    return timezone.localdate()
