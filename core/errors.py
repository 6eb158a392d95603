"""Error pages in Chinese: what happened, what to do, the number to quote; no trace, no settings."""

import errno
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

DISK_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def error_page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    """One error page; it needs neither session nor database."""
    body = render_to_string(
        template or f"{status}.html", {"request_id": getattr(request, "request_id", "")}
    )
    return HttpResponse(body, status=status)


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
