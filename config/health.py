"""What a load balancer may ask: does the process answer, and can it serve?

Answered before every other middleware, so that neither a session, nor a host name, nor a broken
database stands between the question and the answer. Says nothing that an outsider could use.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from kombu.exceptions import OperationalError

from config.celery import app as celery_app

Handler = Callable[[HttpRequest], HttpResponse]
OK, DOWN, WAITING = "ok", "down", "waiting"


class HealthMiddleware:
    """`/healthz`: this process lives. `/readyz`: database there and migrated, or 503.

    A silent broker does not make the site unready: pages work and jobs wait in the database.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            return readiness()
        return self.get_response(request)


def readiness() -> JsonResponse:
    database = database_state()
    answer = {"database": database, "broker": broker_state()}
    response = JsonResponse(answer, status=200 if database == OK else 503)
    response["Cache-Control"] = "no-store"
    return response


def database_state() -> str:
    """`ok`, `waiting` for migrations, or `down`."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return OK if _is_migrated() else WAITING
    except DatabaseError:
        return DOWN


_migrated = False


def _is_migrated() -> bool:
    """Looked up until it is true once: code and schema of a running process do not part again."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def broker_state() -> str:
    """Whether the bell answers within two seconds."""
    transport = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": 2}
    try:
        with celery_app.connection_for_write(transport_options=transport) as line:
            line.ensure_connection(max_retries=0, timeout=2)
    except (OSError, OperationalError):
        return DOWN
    return OK
