"""One installation for all tests of chaos, emptied before each."""

import signal
from collections.abc import Iterator

import pytest

from tests.chaos.site import Site


def pytest_configure() -> None:
    """A run that is told to stop takes its servers along."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker("chaos")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The storm's one line, also where another process ran the test."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, line in report.user_properties:
            if name == "storm":
                terminalreporter.write_line(str(line))


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("chaos"))
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture
def site(installation: Site) -> Iterator[Site]:
    """With a web server and a sweeper; each test starts the workers that it means to harm."""
    installation.end_all(but=("web", "sweeper"))
    installation.forget_everything()
    installation.ensure("web", installation.web)
    installation.ensure("sweeper", installation.sweeper)
    yield installation
    installation.end_all(but=("web", "sweeper"))
