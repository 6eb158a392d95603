"""The app's place in the project."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.core.validators import MaxLengthValidator
from django.db.models.signals import post_migrate

from core.database import grant_app_role


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "核心"

    def ready(self) -> None:
        from core import audit, lookups, readable, verification  # noqa: F401
        from core.checks import check_database
        from core.listing import work
        from core.outward import delivery

        # Django's own sentence speaks of “该变量” and counts 字符 in half width.
        MaxLengthValidator.message = "不能超过 %(limit_value)d 个字，现在有 %(show_value)d 个。"
        post_migrate.connect(grant_app_role, sender=self, dispatch_uid="core.grant_app_role")
        register(check_database, Tags.database)
        readable.register_words("", field="查看内容", rows="行数", count="数量")
        audit.register_verb("reveal", "查看完整号码")
        audit.register_verb("job.cancel", "取消任务")
        audit.register_verb("job.retry", "重试任务")
        work.register_kinds()
        delivery.register_kind()
        verification.register()
