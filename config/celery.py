"""The Celery application: what rings, when, and how workers treat their connections."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("fgqydj")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# The sweeper is a process of its own; this second one costs nothing and covers its absence.
app.conf.beat_schedule = {
    "sweep-jobs": {"task": "core.sweep_jobs", "schedule": 30.0, "options": {"expires": 25}},
    "seal-log": {"task": "core.seal_log", "schedule": 30.0, "options": {"expires": 25}},
}


def fresh_connection_for_each_task(**_: Any) -> None:
    """A connection kept between tasks would go stale unseen and add to the server's load."""
    from django.db import connections

    for connection in connections.all():
        connection.settings_dict["CONN_MAX_AGE"] = 0


def check_role_before_work(**_: Any) -> None:
    from config.startup import refuse_superuser

    refuse_superuser()


worker_init.connect(fresh_connection_for_each_task)
worker_init.connect(check_role_before_work)
