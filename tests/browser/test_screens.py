"""Every screen a person can reach: no violation of WCAG 2.1 A and AA, no script error, Chinese."""

from typing import Any

import pytest

from accounts.models import User
from config.navigation import menu_for
from tests.browser.conftest import DESK, PHONE
from tests.ui.conftest import write_messages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")]
COMPONENTS = ("/demo/", "/demo/?q=没有", "/demo/gallery", "/demo/form", "/demo/detail", "/nowhere")


@pytest.mark.parametrize("size", SIZES)
def test_every_component_is_accessible(
    visit: Any, clerk: User, demo_pages: None, size: dict[str, int]
) -> None:
    write_messages(clerk, 60)
    visitor = visit(clerk, size)
    found = []
    for path in COMPONENTS:
        visitor.open(path)
        found += [f"{path} {line}" for line in visitor.violations()]
    assert found == []


def test_every_empty_screen_of_the_menu_is_accessible(visit: Any, clerk: User) -> None:
    visitor = visit(clerk, PHONE)
    found = []
    for section in menu_for(clerk.has_perm, "/"):
        for entry in section["items"]:
            answer = visitor.page.goto(visitor.address + entry["url"])
            assert answer is not None
            assert (entry["label"], answer.status) == (entry["label"], 200)
            found += [f"{entry['url']} {line}" for line in visitor.violations()]
    assert found == []


def test_the_sign_in_page_is_accessible(visit: Any, db: None) -> None:
    visitor = visit()
    visitor.open("/")
    assert visitor.violations() == []
    assert "非公企业党建工作管理系统" in visitor.text()


def test_a_list_prints_on_paper_that_lies_across(visit: Any, clerk: User, demo_pages: None) -> None:
    write_messages(clerk, 60)
    visitor = visit(clerk)
    visitor.open("/demo/")
    visitor.page.emulate_media(media="print")
    for hidden in (".topbar", ".menu", ".filters", ".pager", "td.pick"):
        assert not visitor.page.locator(hidden).first.is_visible()
    assert visitor.page.locator("h1").is_visible()
    paper = visitor.page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 842" in paper or b"/MediaBox [0 0 841" in paper
