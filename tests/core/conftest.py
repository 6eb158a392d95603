"""Fixtures of the job tests: an owner, and a kind of job that exists for one test."""

from collections.abc import Callable

import pytest

from accounts.models import User
from core import jobs
from core.jobs import registry
from tests.core.cast import person
from tests.core.toys import Handler


@pytest.fixture
def wang() -> User:
    return person("wang", "王经办")


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))

    def declare(run: Handler, **options: object) -> str:
        return jobs.register("test.toy", "试验任务", "short", run=run, **options).key  # type: ignore[arg-type]

    return declare
