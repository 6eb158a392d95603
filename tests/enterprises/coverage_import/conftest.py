"""The county whose coverage is imported, and a place for the uploads."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.reports.county import County


@pytest.fixture
def county(db: None, settings: Settings, tmp_path: Path) -> County:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR_DIR = tmp_path
    return County()
