"""The installation that the slow tests of this folder share."""

from pathlib import Path

import pytest

from tests.platform.installation import Installation, forgetful_engines


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A data folder whose database has been created and migrated."""
    made = Installation(Path(tmp_path_factory.mktemp("installation")))
    with forgetful_engines(made):
        done = made.run("manage", "diffsettings")
    assert done.returncode == 0, done.stderr
    return made
