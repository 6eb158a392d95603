"""The search box of the register: finds within the scope, and a page never hides that it cuts."""

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory

from accounts.models import User
from core import search
from enterprises.models import Enterprise
from enterprises.views.register import EnterpriseList
from tests.world import World

pytestmark = pytest.mark.django_db


def page(client: Client, user: User, text: str) -> str:
    client.force_login(user)
    return client.get("/enterprises/", {"q": text}).content.decode()


@pytest.mark.parametrize("text", ["茶业", "茶业有限", "dlcy", "chaye", "东岭 有限公司"])
def test_a_clerk_finds_a_firm_by_what_is_remembered(
    client: Client, world: World, text: str
) -> None:
    found = page(client, world.clerk, text)
    assert world.joint.name in found
    assert world.own.name not in found


def test_a_firm_is_found_by_a_part_of_its_code(client: Client, world: World) -> None:
    assert world.joint.uscc is not None
    found = page(client, world.clerk, world.joint.uscc[9:])
    assert world.joint.name in found


def test_a_firm_of_the_neighbour_is_not_found(client: Client, world: World) -> None:
    for text in ("东岭茶业", "dlcy", world.joint.uscc or ""):
        assert world.joint.name not in page(client, world.park_officer, text)


def test_marks_alone_find_nothing(client: Client, world: World) -> None:
    assert world.joint.name not in page(client, world.clerk, "%")


def register_page(world: World) -> EnterpriseList:
    view = EnterpriseList()
    request = RequestFactory().get("/enterprises/")
    request.user = world.clerk
    view.setup(request)
    return view


def test_a_page_that_cuts_says_so_and_the_tools_still_get_every_row(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone = Enterprise.objects.visible_to(world.clerk).filter(name__contains="有限公司").count()
    monkeypatch.setattr(search, "CAP", 2)
    monkeypatch.setattr(search, "SMALL_TABLE", -2)
    found = page(client, world.clerk, "有限公司")
    assert "共 2+ 条" in found
    assert "请缩小范围" in found
    params = QueryDict(mutable=True)
    params["q"] = "有限公司"
    assert register_page(world).narrowed(params).count() == everyone > 2
