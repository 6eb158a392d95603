"""A real browser on a real server: Debian's Chromium, axe-core, and a hand that counts clicks."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.ui.conftest import clerk, demo_pages

__all__ = ["clerk", "demo_pages"]

# Playwright keeps an event loop in this thread; the ORM is used beside it, not inside.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--lang=zh-CN",
    "--no-sandbox",
    "--no-zygote",
    "--disable-gpu",
    "--disable-background-networking",
]
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}


@dataclass
class Visitor:
    """A person at a screen; counts what the journeys of the product promise to keep low."""

    page: Page
    address: str
    clicks: int = 0
    troubles: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def click(self, target: str | Locator) -> None:
        """A click, tap or tick on what the user sees."""
        self.clicks += 1
        (self.page.locator(target) if isinstance(target, str) else target).click()

    def press(self, key: str) -> None:
        """A shortcut or Enter counts like a click."""
        self.clicks += 1
        self.page.keyboard.press(key)

    def choose_file(self, target: str, path: Path) -> None:
        self.clicks += 1
        self.page.locator(target).set_input_files(path)

    def type(self, target: str, text: str) -> None:
        """Typing is not counted."""
        self.page.locator(target).fill(text)

    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.1 A and AA, one line each."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(f"() => axe.run(document, {json.dumps(RULES)})")
        return [
            f"{entry['id']}: {node['html'][:160]}"
            for entry in found["violations"]
            for node in entry["nodes"]
        ]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def _context(
    chromium: Browser, client: Client | None, address: str, **options: Any
) -> BrowserContext:
    context = chromium.new_context(locale="zh-CN", **options)
    if client is not None:
        cookies = [
            {"name": name, "value": morsel.value, "url": address}
            for name, morsel in client.cookies.items()
        ]
        context.add_cookies(cookies)  # type: ignore[arg-type]
    return context


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """visit(user, size) signs a user in; on leaving, script errors and CSP violations fail."""
    visitors: list[Visitor] = []

    def begin(user: Any = None, size: dict[str, int] = DESK, script: bool = True) -> Visitor:
        client = None
        if user is not None:
            client = Client()
            client.force_login(user)
        context = _context(
            chromium,
            client,
            live_server.url,
            viewport=size,
            java_script_enabled=script,
            has_touch=size == PHONE,
            bypass_csp=False,
        )
        visitor = Visitor(context.new_page(), live_server.url)
        visitor.page.on("pageerror", lambda error: visitor.troubles.append(str(error)))
        visitor.page.on("console", lambda line: _note(visitor, line))
        visitors.append(visitor)
        return visitor

    yield begin
    for visitor in visitors:
        visitor.page.context.close()
        assert visitor.troubles == []


def _note(visitor: Visitor, line: Any) -> None:
    if line.type == "error" and "Content Security Policy" in line.text:
        visitor.troubles.append(line.text)
