"""Hangs development into log, work page, nightly work and the tables of a new database."""

from typing import Any

from django.db.models.signals import post_migrate

from core import audit, jobs
from core.readable import register_words
from members.development import cases, standard


def register(app: Any) -> None:
    """Called from AppConfig.ready."""
    for verb, label in cases.VERBS.items():
        audit.register_verb(verb, label)
    register_words(
        "members.developmentcase", step="步骤", helpers="培养联系人、入党介绍人", rules="规定"
    )
    jobs.register(
        "members.development",
        "更新发展党员进度",
        "short",
        run=lambda run: run.finish(message=f"更新 {cases.refresh_all()} 份档案"),
        nightly=True,
    )
    post_migrate.connect(standard.after_migrate, sender=app, dispatch_uid="members.development")
