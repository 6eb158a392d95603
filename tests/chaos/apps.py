"""Registers the toy jobs; switches one safeguard off where a negative control asks for it."""

import os
from typing import Any

from django.apps import AppConfig


class ChaosConfig(AppConfig):
    name = "tests.chaos"
    label = "chaos"

    def ready(self) -> None:
        from core import audit, jobs
        from core.jobs import sweeper
        from tests.chaos import toys

        jobs.register("toy.import", "试验导入", "import", run=toys.import_rows)
        jobs.register("toy.export", "试验导出", "export", run=toys.export_rows)
        jobs.register("toy.fill", "试验写满", "import", run=toys.fill_database)
        jobs.register("toy.locks", "试验互等", "import", run=toys.take_two_locks)
        audit.register_verb("toy.note", "记一笔")
        sweeper.submit_nightly = lambda: None  # the product's own work would stand in the way
        if os.environ.get("CHAOS_WITHOUT") == "fencing":
            switch_fencing_off()
        if os.environ.get("CHAOS_WITHOUT") == "county lock":
            switch_county_lock_off()


def switch_fencing_off() -> None:
    """Every run believes that it still holds its job."""
    from core.jobs import lease
    from core.models import Job

    def anybody(job: Any) -> Any:
        return Job.objects.filter(pk=job.pk)

    lease.held = anybody


def switch_county_lock_off() -> None:
    """Two lists of one county may be written at the same time."""
    from enterprises.census import apply
    from enterprises.models import CensusBatch

    def alone(batch: CensusBatch) -> CensusBatch:
        locked: CensusBatch = CensusBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        return locked

    apply.lock = alone
