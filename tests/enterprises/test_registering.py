"""An officer enters one enterprise by hand, after looking whether it is there already."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from core.dates import today
from core.identifiers import make_uscc
from core.models import AuditEntry
from enterprises.models import Enterprise, NameHistory, Ownership
from enterprises.registering import register_enterprise
from tests.enterprises.census.lists import firm, outcome, stage
from tests.world import World

pytestmark = pytest.mark.django_db
CODE = make_uscc("340899", 77_001)
URL = "/enterprises/new"


def answers(world: World, **changes: str) -> dict[str, str]:
    return {
        "name": "双溪竹艺有限公司",
        "uscc": CODE,
        "legal_representative": "李新民",
        "operating_status": "in_operation",
        "unit_kind": "enterprise",
        "ownership": "private",
        "reporting_area": str(world.east.pk),
        "on": "2026-05-01",
        "reason": "实地走访发现",
        **changes,
    }


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(world.east_officer)
    return client


def entered() -> Enterprise:
    return Enterprise.objects.get(uscc=CODE)


def test_an_enterprise_enters_with_period_scope_and_log(officer: Client, world: World) -> None:
    answer = officer.post(URL, answers(world), follow=True)

    firm = entered()
    period = firm.periods.get()
    entry = AuditEntry.objects.get(verb="enterprise.register")
    assert "已新增“双溪竹艺有限公司”" in answer.content.decode()
    assert (firm.county, firm.reporting_area, firm.area_confirmed) == (
        world.county,
        world.east,
        True,
    )
    assert (firm.ownership, firm.ownership_confirmed) == (Ownership.PRIVATE, True)
    assert (period.valid_from, period.reporting_area) == (date(2026, 5, 1), world.east)
    assert (entry.reason, entry.scope_path) == ("实地走访发现", world.east_committee.path)


def test_a_code_is_taken_as_people_type_it(officer: Client, world: World) -> None:
    officer.post(URL, answers(world, uscc=f" {CODE[:8].lower()} {CODE[8:]}"))

    assert entered().organization_code == CODE[8:17]


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        (CODE[:17] + ("0" if CODE[17] != "0" else "1"), "校验码"),
        (CODE[:10], "18 位"),
        ("", "必填"),
    ],
)
def test_a_wrong_code_is_refused_at_its_field(
    officer: Client, world: World, code: str, complaint: str
) -> None:
    page = officer.post(URL, answers(world, uscc=code)).content.decode()

    assert complaint in page
    assert not Enterprise.objects.filter(name="双溪竹艺有限公司").exists()


@pytest.mark.parametrize("known", ["own", "foreign", "joint"])
def test_a_known_code_is_refused_without_naming_its_enterprise(
    officer: Client, world: World, known: str
) -> None:
    other = getattr(world, known)
    page = officer.post(URL, answers(world, uscc=other.uscc)).content.decode()

    assert "该统一社会信用代码已在名册中" in page
    assert other.name not in page


def test_a_former_code_is_refused(officer: Client, world: World) -> None:
    NameHistory.objects.create(
        enterprise=world.own,
        what="uscc",
        value=CODE,
        valid_from=date(2020, 1, 1),
        valid_to=date(2024, 1, 1),
    )

    assert "曾用代码" in officer.post(URL, answers(world)).content.decode()


def test_names_alike_are_shown_and_have_to_be_looked_at(officer: Client, world: World) -> None:
    said = answers(world, name=world.joint.name)
    page = officer.post(URL, said).content.decode()

    assert "请先核对是不是同一家" in page
    assert str(world.joint.uscc) in page
    assert not Enterprise.objects.filter(uscc=CODE).exists()
    officer.post(URL, said | {"is_other": "on"})
    assert entered().name == world.joint.name


def test_the_neighbours_enterprises_are_not_shown(officer: Client, world: World) -> None:
    officer.post(URL, answers(world, name=world.own.name))

    assert entered().name == world.own.name


def test_nothing_is_entered_into_anothers_township(officer: Client, world: World) -> None:
    page = officer.post(URL, answers(world, reporting_area=str(world.west.pk))).content.decode()

    assert "该选择不在可用的选项中" in page
    assert not Enterprise.objects.filter(uscc=CODE).exists()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"on": today() + timedelta(days=1)}, "日期不能晚于今天"),
        ({"reason": "  "}, "请填写原因"),
        ({"area": "county"}, "统计辖区只能是"),
    ],
)
def test_the_service_itself_refuses(world: World, change: dict[str, Any], complaint: str) -> None:
    said: dict[str, Any] = {"area": world.east, "on": today(), "reason": "走访"} | change
    if said["area"] == "county":
        said["area"] = world.county
    with pytest.raises(ValidationError, match=complaint):
        register_enterprise(actor=world.clerk, facts={"name": "竹艺", "uscc": CODE}, **said)


def test_the_next_list_finds_it_by_its_code(officer: Client, world: World) -> None:
    officer.post(URL, answers(world))
    row = firm("双溪竹艺有限公司") | {"统一社会信用代码": CODE}
    batch = stage(world.county, [row])

    assert outcome(batch, "双溪竹艺有限公司").enterprise == entered()


def test_the_button_is_for_those_who_may(officer: Client, world: World) -> None:
    assert f'href="{URL}"' in officer.get("/enterprises/").content.decode()
    reader = Client()
    reader.force_login(world.leader)
    assert f'href="{URL}"' not in reader.get("/enterprises/").content.decode()
    assert reader.get(URL).status_code == 403
