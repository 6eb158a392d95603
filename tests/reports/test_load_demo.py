"""`manage.py load_demo`: loads once, rebuilds what is untouched, throws nothing away unasked."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.models import AuditEntry
from enterprises.models import Enterprise
from organizations.models import Area
from organizations.services import change_area
from reports.demo import load
from tests.builders import make_area, make_enterprise, make_organization

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("load_demo", *arguments, stdout=said)
    return said.getvalue()


def picture() -> list[Any]:
    firms = Enterprise.objects.order_by("uscc")
    return list(firms.values_list("uscc", "name", "reporting_area__name"))


def test_an_untouched_county_is_rebuilt_and_is_the_same_again() -> None:
    lines = run().splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("县级经办")
    assert all("密码" in line for line in lines)
    first = picture()

    run()

    assert len(first) == 332
    assert picture() == first
    assert AuditEntry.objects.filter(verb=load.LOADED).count() == 1


def test_a_county_in_which_somebody_worked_is_left_alone() -> None:
    run("--if-empty")
    change_area(actor=None, area=Area.objects.get(name="高河镇"), name="高河新镇")

    assert run("--if-empty") == ""
    with pytest.raises(CommandError, match="--replace"):
        run()
    assert Area.objects.filter(name="高河新镇").exists()


@pytest.fixture
def another() -> Enterprise:
    """A firm of a county that is not the demonstration's."""
    county = make_area(
        "江南县", committee=make_organization("江南县委"), kind="county", code="340899"
    )
    return make_enterprise(county=county)


def test_another_countys_database_is_refused(another: Enterprise) -> None:
    with pytest.raises(CommandError, match="演示县以外的数据"):
        run()


def test_replacing_begins_with_a_backup(
    another: Enterprise, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    empty = load.empty_everything
    monkeypatch.setattr(
        "reports.management.commands.load_demo.call_command",
        lambda *words, **_: order.append(" ".join(words)),
    )

    def emptying() -> None:
        order.append("empty")
        empty()

    monkeypatch.setattr(load, "empty_everything", emptying)

    run("--replace")

    assert order == ["backup make", "empty"]
    assert Enterprise.objects.count() == 332


def test_a_failed_backup_keeps_everything(
    another: Enterprise, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise CommandError("磁盘已满")

    monkeypatch.setattr("reports.management.commands.load_demo.call_command", fail)

    with pytest.raises(CommandError, match="磁盘已满"):
        run("--replace")
    assert Enterprise.objects.filter(pk=another.pk).exists()


def test_production_never_loads_it(settings: Any) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="生产环境"):
        run("--replace")
