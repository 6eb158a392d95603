"""How often somebody may try to sign in, beyond the lock of one name from one address."""

from datetime import datetime, timedelta

from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from core.request import client_address

FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=4)
MEMORY = timedelta(days=1)  # how long earlier locks make the next one longer
HOUR = timedelta(hours=1)
PER_NAME, PER_ADDRESS = 20, 100  # failures an hour
PAUSE = timedelta(seconds=30)  # between tries for a name that fails so often
KNOWN = timedelta(days=30)  # an address that signed in with the name lately is not slowed
PENDING_NAME = "pending_name"


def name_of(request: HttpRequest) -> str:
    """The account that somebody tries to get into."""
    return (request.POST.get("username") or request.session.get(PENDING_NAME, "")).strip().lower()


def lock_time(request: HttpRequest) -> timedelta:
    """A quarter of an hour, twice as long for each lock of the last day (AXES_COOLOFF_TIME)."""
    locks: int = AccessFailureLog.objects.filter(
        username=name_of(request),
        ip_address=client_address(request),
        locked_out=True,
        attempt_time__gt=timezone.now() - MEMORY,
    ).count()
    return min(FIRST_LOCK * (1 << min(max(locks - 1, 0), 8)), LONGEST_LOCK)


def pause(request: HttpRequest) -> int:
    """Seconds until the next try is looked at at all; 0 for now.

    A name is slowed, never locked, so that nobody can lock others out; an address that fails for
    many names has to wait.
    """
    now, name, address = timezone.now(), name_of(request), client_address(request)
    lately = AccessFailureLog.objects.filter(attempt_time__gt=now - HOUR)
    if address and lately.filter(ip_address=address).count() >= PER_ADDRESS:
        return int(FIRST_LOCK.total_seconds())
    of_name = lately.filter(username=name).order_by("-attempt_time")
    times: list[datetime] = list(of_name.values_list("attempt_time", flat=True)[:PER_NAME])
    if len(times) < PER_NAME or _is_known(name, address):
        return 0
    return max(0, round((times[0] + PAUSE - now).total_seconds()))


def _is_known(name: str, address: str | None) -> bool:
    since = timezone.now() - KNOWN
    lately = AccessLog.objects.filter(username=name, attempt_time__gt=since)
    return bool(lately.filter(ip_address=address).exists())


def tries_left(failures: int) -> int:
    return int(settings.AXES_FAILURE_LIMIT) - failures
