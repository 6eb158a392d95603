"""The page "my work" shows what every app says is due, the most urgent first."""

from collections.abc import Iterator
from datetime import date

import pytest

from core import deadlines
from core.deadlines import Deadline

ELECTION = Deadline(date(2026, 4, 1), "第一联合党支部", "换届选举", "/organizations/1/")
OVERDUE = Deadline(date(2026, 1, 31), "城关园区", "上报台账", "/reports/2/")
LATER = Deadline(date(2026, 9, 1), "第二党支部", "换届选举", "/organizations/2/")


@pytest.fixture(autouse=True)
def _no_other_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "_sources", {})


def terms(user: str, until: date) -> Iterator[Deadline]:
    if user == "王干事":
        yield LATER
        yield ELECTION


def reports(user: str, until: date) -> list[Deadline]:
    return [OVERDUE]


def test_all_providers_are_asked_and_the_overdue_comes_first() -> None:
    deadlines.register("terms", "换届", terms)
    deadlines.register("reports", "台账", reports)
    assert deadlines.due("王干事", date(2026, 4, 1)) == [OVERDUE, ELECTION]


def test_a_provider_decides_by_user() -> None:
    deadlines.register("terms", "换届", terms)
    assert deadlines.due("外人", date(2026, 12, 31)) == []


def test_a_provider_registered_twice_is_asked_once() -> None:
    deadlines.register("reports", "台账", reports)
    deadlines.register("reports", "台账", reports)
    assert deadlines.due("王干事", date(2026, 12, 31)) == [OVERDUE]


def test_of_one_kind_only_what_is_due_by_the_day_is_told() -> None:
    deadlines.register("terms", "换届", terms)
    deadlines.register("reports", "台账", reports)
    assert deadlines.of_kind("terms", "王干事", date(2026, 4, 1)) == [ELECTION]
    assert deadlines.of_kind("gone", "王干事", date(2026, 12, 31)) == []
