"""The app's place in the project."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "人员"

    def ready(self) -> None:
        from members import assigned

        assigned.register()
