"""A county's own number holds from its day; before and without it the declared default does."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core import parameters
from core.models import ParameterValue
from core.parameters import Parameter

MODES = {"single": "单独组建", "joint": "联合组建"}


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(parameters, "_registry", {})
    return iter([None])


def declare_minimum() -> Parameter[int]:
    return Parameter("branch.minimum", "建支部最少正式党员数", 3, "人", "支部工作条例")


def override(key: str, value: Any, since: date, until: date | None = None) -> ParameterValue:
    return ParameterValue.objects.create(
        key=key, value=value, valid_from=since, valid_to=until, document="县委文件"
    )


@pytest.mark.django_db
def test_the_default_holds_until_the_county_decides() -> None:
    minimum = declare_minimum()
    override("branch.minimum", 5, date(2026, 3, 1), date(2026, 6, 1))
    assert minimum.value(on=date(2026, 2, 28)) == 3
    assert minimum.value(on=date(2026, 3, 1)) == 5
    assert minimum.value(on=date(2026, 5, 31)) == 5
    assert minimum.value(on=date(2026, 6, 1)) == 3


@pytest.mark.django_db
def test_a_value_is_asked_by_key() -> None:
    declare_minimum()
    override("branch.minimum", 4, date(2026, 1, 1))
    assert parameters.value("branch.minimum", on=date(2026, 2, 1)) == 4
    with pytest.raises(KeyError):
        parameters.value("branch.maximum", on=date(2026, 2, 1))


@pytest.mark.django_db
def test_all_values_of_a_day_cost_one_query(django_assert_num_queries: Any) -> None:
    declare_minimum()
    Parameter("branch.size", "支部人数上限", 50, "人", "支部工作条例")
    override("branch.size", 40, date(2026, 1, 1))
    override("unknown.key", 1, date(2026, 1, 1))
    with django_assert_num_queries(1):
        found = parameters.values(on=date(2026, 2, 1))
    assert found == {"branch.minimum": 3, "branch.size": 40}


@pytest.mark.django_db
def test_a_page_reads_each_day_once(django_assert_num_queries: Any) -> None:
    minimum = declare_minimum()
    override("branch.minimum", 5, date(2026, 7, 1))
    with parameters.held(), django_assert_num_queries(2):
        assert [minimum.value(on=date(2026, month, 1)) for month in (6, 7, 6, 7)] == [3, 5, 3, 5]


@pytest.mark.django_db
def test_two_values_for_one_day_are_refused() -> None:
    first = override("branch.minimum", 4, date(2026, 1, 1))
    second = ParameterValue(
        key=first.key, value=5, valid_from=date(2026, 6, 1), document="县委文件"
    )
    with pytest.raises(ValidationError, match="该参数在此时段已有取值"):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    assert connection.is_usable()


def test_a_key_is_declared_once() -> None:
    declare_minimum()
    with pytest.raises(ValueError, match="twice"):
        declare_minimum()
    assert [parameter.key for parameter in parameters.declared()] == ["branch.minimum"]


@pytest.mark.parametrize(
    ("default", "given", "found"),
    [
        (3, 5, 5),
        (Decimal("0.5"), "0.75", Decimal("0.75")),
        (Decimal("0.5"), 1, Decimal(1)),
        (True, False, False),
        ("single", "joint", "joint"),
        (("single",), ["single", "joint"], ("single", "joint")),
        (("single",), [], ()),
    ],
)
def test_a_value_comes_in_the_type_of_its_default(default: Any, given: object, found: Any) -> None:
    parameter = Parameter("key", "参数", default, "", "文件", MODES)
    assert parameter.clean(given) == found
    assert type(parameter.clean(given)) is type(found)


@pytest.mark.parametrize(
    ("default", "given"),
    [
        (3, "5"),
        (3, True),
        (True, 1),
        (Decimal(1), "很多"),
        (Decimal(1), "NaN"),
        (Decimal(1), True),
        ("single", "grid"),
        ("single", 1),
        (("single",), "single"),
        (("single",), ["single", "grid"]),
        (("single",), [1]),
        (3, None),
    ],
)
def test_a_value_of_another_type_is_refused_in_chinese(default: Any, given: object) -> None:
    parameter = Parameter("key", "参数", default, "", "文件", MODES)
    with pytest.raises(ValidationError, match="“参数”的取值不合要求"):
        parameter.clean(given)


def test_a_default_outside_its_own_choices_is_refused() -> None:
    with pytest.raises(ValidationError):
        Parameter("key", "参数", "grid", "", "文件", MODES)
