"""A dated fact holds from its first day up to, but not on, the day it ends."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.models import ParameterValue
from core.validity import DatedQuerySet

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def fact(since: date, until: date | None, key: str = "key") -> ParameterValue:
    return ParameterValue(key=key, value=1, valid_from=since, valid_to=until, document="文件")


def rows() -> DatedQuerySet:
    return DatedQuerySet(ParameterValue)


class AsOf(TestCase):
    @given(DAYS, st.none() | st.integers(1, 4000), DAYS)
    def test_a_fact_holds_on_its_first_day_and_not_on_its_end(
        self, since: date, length: int | None, day: date
    ) -> None:
        until = None if length is None else since + timedelta(days=length)
        fact(since, until).save()
        holds = since <= day and (until is None or day < until)
        assert rows().as_of(day).exists() is holds

    @given(DAYS, st.lists(st.integers(1, 400), min_size=1, max_size=5), DAYS)
    def test_a_chain_without_gap_holds_exactly_once_on_each_day(
        self, since: date, lengths: list[int], day: date
    ) -> None:
        start = since
        for length in lengths:
            fact(start, start + timedelta(days=length)).save()
            start += timedelta(days=length)
        assert rows().as_of(day).count() == int(since <= day < start)


@pytest.mark.django_db
@pytest.mark.parametrize("until", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_fact_that_ends_before_it_begins_is_refused(until: date) -> None:
    row = fact(date(2026, 1, 1), until)
    with pytest.raises(ValidationError, match="终止日期应晚于起始日期"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.django_db
def test_only_facts_about_the_same_thing_exclude_each_other() -> None:
    fact(date(2026, 1, 1), None).save()
    fact(date(2026, 1, 1), None, key="other").full_clean()
    fact(date(2025, 1, 1), date(2026, 1, 1)).full_clean()
    with pytest.raises(ValidationError, match="已有取值"):
        fact(date(2025, 1, 1), date(2026, 1, 2)).full_clean()
