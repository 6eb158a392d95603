"""What a page weighs and how many requests it takes once the files are published."""

import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from tests.ui.conftest import write_messages

PUBLISHED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.statics.PublishedStorage"},
}


@pytest.fixture
def published(settings: Any, tmp_path: Path) -> Path:
    """The static files as collectstatic leaves them, in a folder of the test."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = PUBLISHED
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def loaded(text: str) -> set[str]:
    """Addresses under /static/ that a browser fetches for the page."""
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', text)
    return {urldefrag(address).url for address in found}


def test_a_list_page_weighs_at_most_ninety_kilobytes_in_eight_requests(
    published: Path, browser: Client, clerk: User
) -> None:
    write_messages(clerk, 60)
    text = browser.get("/demo/").content.decode()
    files = loaded(text)
    weight = len(gzip.compress(text.encode()))
    for address in files:
        content = (published / address.removeprefix("/static/")).read_bytes()
        weight += len(gzip.compress(content))
    assert weight <= 90 * 1024
    assert len(files) + 1 <= 8


def test_published_names_carry_a_hash(published: Path, browser: Client) -> None:
    files = loaded(browser.get("/demo/").content.decode())
    own = [address for address in files if "/app." in address]
    assert len(own) == 2
    assert all(re.search(r"/app\.[0-9a-f]{12}\.(?:css|js)$", address) for address in own)


def test_a_page_stays_readable_when_nothing_was_published(
    settings: Any, tmp_path: Path, browser: Client, clerk: User
) -> None:
    write_messages(clerk, 2)
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = PUBLISHED
    text = browser.get("/demo/").content.decode()
    assert "通知0001" in text
    assert loaded(text) == set()
