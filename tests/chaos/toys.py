"""Jobs that do what imports and exports do, on two tables that any mistake shows up in."""

import threading
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from core.jobs import JobRun

CHUNK = 50
# No unique key: a row or an effect that is written twice must show.
TABLES = """
CREATE TABLE IF NOT EXISTS toy_row (job uuid, number int, attempt int, ballast text);
CREATE TABLE IF NOT EXISTS toy_effect (job uuid, rows bigint, total bigint);
CREATE TABLE IF NOT EXISTS toy_note (key text);
GRANT SELECT, INSERT, DELETE ON toy_row, toy_effect, toy_note TO app;
"""


def import_rows(run: JobRun) -> None:
    """Rows chunk by chunk with checkpoint, then one transaction that sums them up and ends."""
    rows: int = run.params["rows"]
    for first in range(run.checkpoint.get("rows", 0), rows, CHUNK):
        with transaction.atomic(), connection.cursor() as cursor:
            last = min(first + CHUNK, rows)
            cursor.execute(
                "INSERT INTO toy_row SELECT %s, n, %s FROM generate_series(%s, %s) n",
                [run.job.pk, run.job.attempt, first + 1, last],
            )
            gate(run, f"chunk {first}")
            cursor.execute("SELECT pg_sleep(0.05)")
            run.checkpoint["rows"] = last
            run.progress(last, rows, stage="读取")
    with transaction.atomic(), connection.cursor() as cursor:
        run.tell(rows, rows, stage="写入")
        cursor.execute(
            "INSERT INTO toy_effect"
            " SELECT job, count(*), sum(number) FROM toy_row WHERE job = %s GROUP BY job",
            [run.job.pk],
        )
        gate(run, "apply")
        cursor.execute("SELECT pg_sleep(0.1)")
        run.finish({"rows": rows})


def export_rows(run: JobRun) -> None:
    """A file of numbered lines; a reader must never see half of it."""
    rows: int = run.params["rows"]
    part = run.workfile(".txt")
    with part.open("w") as lines, connection.cursor() as cursor:
        for number in range(rows):
            lines.write(f"{number} {'x' * 100}\n")
            if number % CHUNK == 0:
                lines.flush()
                cursor.execute("SELECT pg_sleep(0.01)")
                run.progress(number, rows, stage="导出")
                gate(run, f"line {number}")
    run.finish({"rows": rows}, file=part, name="台账.txt")


def fill_database(run: JobRun) -> None:
    """More data in one transaction than the database's disk can take."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO toy_row"
            " SELECT %s, n, 1, (SELECT string_agg(md5((n * m)::text), '')"
            " FROM generate_series(1, 60) m) FROM generate_series(1, %s) n",
            [run.job.pk, run.params["rows"]],
        )
        run.finish({"rows": run.params["rows"]})


def take_two_locks(run: JobRun) -> None:
    """Two locks, in opposite order for rows=1 and rows=2."""
    with transaction.atomic(), connection.cursor() as cursor:
        first = run.params["rows"]
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [first])
        gate(run, "between")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [3 - first])


def gate(run: JobRun, name: str) -> None:
    """Where a test has asked the first attempt to wait for it: say so and wait."""
    if run.params.get("gate") != name or run.job.attempt > 1:
        return
    reached(run.job.pk).touch()
    wait = threading.Event()
    while not opened(run.job.pk).exists():
        wait.wait(0.01)


def reached(job: object) -> Path:
    return Path(settings.VAR_DIR) / f"reached-{job}"


def opened(job: object) -> Path:
    return Path(settings.VAR_DIR) / f"opened-{job}"
