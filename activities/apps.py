"""What branches do: meetings, duties and training."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "组织生活"

    def ready(self) -> None:
        from activities import branch_setup, duty_setup, setup

        setup.register(self)
        duty_setup.register(self)
        branch_setup.register()
