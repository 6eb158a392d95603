"""Every request has a number and a true address, whatever the client claims."""

import io
import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.log import log_response
from pytest_django.fixtures import Settings

from core.request import Origin, ShortRefusals, acting_as, client_address, origin


def request(forwarded: str = "") -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "10.0.0.9"),
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.8", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.9"),
        (1, "nonsense", None),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_address_is_the_one_the_trusted_proxy_saw(
    settings: Settings, proxies: int, forwarded: str, address: str | None
) -> None:
    settings.AXES_IPWARE_PROXY_COUNT = proxies
    assert client_address(request(forwarded)) == address


def test_the_origin_holds_within_its_block_only() -> None:
    with acting_as(Origin("r-1")):
        assert origin().request_id == "r-1"
    assert origin() == Origin()


@pytest.mark.django_db
def test_the_answer_carries_the_number_of_its_request(client: Client) -> None:
    first, second = client.get("/nowhere"), client.get("/nowhere")
    assert len(first["X-Request-ID"]) == 16
    assert first["X-Request-ID"] != second["X-Request-ID"]


def printed(answer: int) -> str:
    """What the terminal of `up` shows of an answer that came from an exception."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.addFilter(ShortRefusals())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        raise PermissionDenied("no entry")
    except PermissionDenied as problem:
        log_response("%s", "refused", response=HttpResponse(status=answer), exception=problem)
    finally:
        logger.removeHandler(handler)
    return text.getvalue()


@pytest.mark.parametrize("answer", [400, 403, 404])
def test_a_refusal_is_one_line_in_the_terminal(answer: int) -> None:
    assert printed(answer) == "refused\n"


def test_a_failure_keeps_its_trace() -> None:
    assert "Traceback" in printed(500)
