"""The app's place in the project."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "人员"

    def ready(self) -> None:
        from core import audit, jobs, object_dates
        from members import (
            assigned,
            body_tab,
            closing,
            flow_setup,
            instructor_setup,
            posts,
            restoring,
            roster,
            secretaries,
            sheets,
            work,
        )
        from members.development import setup as development
        from members.dues import setup as dues
        from members.models import PartyMember
        from members.talent import setup as talent
        from organizations import secretaries as organization_secretaries

        organization_secretaries.register(secretaries.names_on)
        sheets.register_sheets()
        development.register(self)
        for part in (
            *(assigned, body_tab, roster, closing, dues, talent, restoring),
            *(flow_setup, instructor_setup, work),
        ):
            part.register()
        object_dates.every_year(PartyMember, "accepted_on", "政治生日")
        for verb, label in posts.VERBS.items():
            audit.register_verb(verb, label)
        jobs.register(
            "members.secretaries",
            "更新当日书记",
            "short",
            run=lambda run: secretaries.mirror_all(),
            nightly=True,
        )
