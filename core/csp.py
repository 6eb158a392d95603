"""Response headers that bind the browser: content policy, features, caching of signed-in pages."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
REPORT_BYTES = 8_192
REPORTS_PER_MINUTE = 30
logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def build_policy(directives: Mapping[str, Iterable[str]]) -> str:
    """The header's text; the setting has the shape that Django 6 gives SECURE_CSP."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class ContentSecurityPolicyMiddleware:
    """Sets the headers unless a view has set stricter ones, as downloads of user files do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = build_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


@csrf_exempt
@login_not_required
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Log which directive a page broke: no query strings, no samples, a bounded number a minute."""
    if cache.add("csp-reports", 0, timeout=60) or cache.incr("csp-reports") < REPORTS_PER_MINUTE:
        report = _report(request.read(REPORT_BYTES))
        if report:
            logger.warning("CSP %s on %s blocked %s", *report)
    return HttpResponse(status=204)


def _report(body: bytes) -> tuple[str, str, str] | None:
    """Directive, path of the page and origin of what was blocked; nothing for other content."""
    try:
        report = json.loads(body)["csp-report"]
        blocked = urlsplit(str(report.get("blocked-uri", "")))
        return (
            str(report["violated-directive"])[:60],
            urlsplit(str(report["document-uri"])).path[:200],
            f"{blocked.scheme}:{blocked.netloc}"[:100],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
