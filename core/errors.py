"""Error pages in Chinese: what happened, what to do, the number to quote; no trace, no settings."""

import errno
import sys
from collections.abc import Callable

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token

BARE = frozenset({400, 405})
DISK_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def error_page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    """One error page; it needs neither session nor database."""
    context = {"request_id": getattr(request, "request_id", ""), "back": _way_back(request)}
    return HttpResponse(render_to_string(template or f"{status}.html", context), status=status)


def _way_back(request: HttpRequest) -> str:
    """The page of ours that led here; empty when there is none."""
    came_from = request.headers.get("Referer", "")
    try:
        is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    except DisallowedHost:
        return ""
    return came_from if is_ours else ""


class BareAnswerMiddleware:
    """Gives a page to refusals that Django sends without one: a wrong method, a bare 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code not in BARE or request.method == "HEAD":
            return answer
        if not isinstance(answer, HttpResponse) or answer.content:
            return answer
        page = error_page(request, answer.status_code)
        if "Allow" in answer.headers:
            page.headers["Allow"] = answer.headers["Allow"]
        return page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away and 507 for a full disk: neither is the reader's doing."""
    problem = sys.exc_info()[1]
    if isinstance(problem, OSError) and problem.errno in DISK_IS_FULL:
        return error_page(request, 507)
    if isinstance(problem, OperationalError | InterfaceError):
        return error_page(request, 503)
    return error_page(request, 500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403, "403_csrf.html")
