"""The API keeps what its OpenAPI document promises, for whatever is thrown at it."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import CHECKS

from accounts import tokens
from accounts.models import TokenScope
from config.wsgi import application
from tests.world import World

# Arguments that the document does not know are ignored, as everywhere on the web.
LEFT_OUT = ("positive_data_acceptance", "negative_data_rejection", "unsupported_method")


@pytest.fixture
def bearer(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    monkeypatch.setattr(
        "rest_framework.throttling.SimpleRateThrottle.THROTTLE_RATES",
        {"anon": None, "user": None},
    )
    cache.clear()
    # In-process calls must stay inside the transaction of the test.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    _, text = tokens.create_token(user=world.clerk, name="契约", scopes=TokenScope.values, days=1)
    yield {"Authorization": f"Bearer {text}"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


BOUNDED = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def test_answers_are_as_documented(bearer: dict[str, str]) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema", app=application, headers=bearer)
    excluded: Any = [CHECKS.get_one(name) for name in LEFT_OUT]
    operations: list[Any] = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) == 50
    for operation in operations:

        @BOUNDED
        @given(operation.as_strategy())
        def keeps_its_word(case: Case[Any]) -> None:
            case.call_and_validate(headers=bearer, excluded_checks=excluded)

        keeps_its_word()


def test_the_document_is_made_without_a_warning() -> None:
    GENERATOR_STATS.reset()

    generator: Any = SchemaGenerator
    generator().get_schema(public=True)

    assert not GENERATOR_STATS
