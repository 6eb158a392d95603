"""The county that the tests of reports count."""

import pytest

from tests.reports.county import County


@pytest.fixture
def county(db: None) -> County:
    return County()
