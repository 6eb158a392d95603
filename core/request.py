"""Where the present action comes from: the request's number and address, for log and audit."""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Origin:
    """`address` is None for work that no browser asked for (jobs, commands)."""

    request_id: str = ""
    address: str | None = None


_origin: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039 (frozen)


def origin() -> Origin:
    return _origin.get()


@contextmanager
def acting_as(here: Origin) -> Iterator[None]:
    token = _origin.set(here)
    try:
        yield
    finally:
        _origin.reset(token)


def client_address(request: HttpRequest) -> str | None:
    """The address that the outermost trusted proxy saw; what a client adds itself is ignored."""
    proxies: int = settings.AXES_IPWARE_PROXY_COUNT
    address = request.META.get("REMOTE_ADDR", "")
    if proxies:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = hops[-proxies].strip() if len(hops) >= proxies else address
    try:
        return str(ip_address(address))
    except ValueError:
        return None


def polled(view: View) -> View:
    """Marks a fragment that pages ask for by themselves: no sign that its reader is at work."""
    view.polled = True  # type: ignore[attr-defined]
    return view


class ShortRefusals(logging.Filter):
    """One line for a refused request; a trace is for what broke here."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True


class RequestOriginMiddleware:
    """Numbers each request; the number is in the answer, on error pages and in the audit log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        here = Origin(uuid.uuid4().hex[:16], client_address(request))
        request.request_id = here.request_id  # type: ignore[attr-defined]
        if here.address:
            request.META["REMOTE_ADDR"] = here.address
        with acting_as(here):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = here.request_id
        return response
