"""What the traces of toy jobs say: which work was lost, which was done twice."""

from dataclasses import dataclass

from tests.chaos.site import Site

NOT_WHOLE = """
SELECT count(*) FROM core_job j
WHERE kind = 'toy.import' AND (state <> 'done'
   OR (SELECT count(DISTINCT number) FROM toy_row WHERE job = j.id) <> (params->>'rows')::int
   OR NOT EXISTS (SELECT FROM toy_effect WHERE job = j.id
        AND total = (params->>'rows')::bigint * ((params->>'rows')::bigint + 1) / 2))
"""
TWICE_ROWS = "SELECT count(*) - count(DISTINCT (job, number)) FROM toy_row"
TWICE_EFFECTS = "SELECT count(*) - count(DISTINCT job) FROM toy_effect"
MESSAGES_OFF = """
SELECT count(*) FROM core_job j WHERE state = 'done'
   AND (SELECT count(*) FROM core_message WHERE dedupe_key LIKE 'job ' || j.id || '%') <> 1
"""


@dataclass(frozen=True)
class Verdict:
    jobs: int
    lost: int
    doubled: int
    max_attempts: int


def judge(site: Site) -> Verdict:
    """Count jobs, jobs without their whole effect, effects beyond the one that is due."""
    return Verdict(
        jobs=site.value("SELECT count(*) FROM core_job"),
        lost=site.value(NOT_WHOLE) + _broken_files(site),
        doubled=site.value(TWICE_ROWS) + site.value(TWICE_EFFECTS) + site.value(MESSAGES_OFF),
        max_attempts=site.value("SELECT coalesce(max(attempt), 0) FROM core_job"),
    )


def _broken_files(site: Site) -> int:
    exports = site.query(
        "SELECT state, result_file, (params->>'rows')::int FROM core_job WHERE kind = 'toy.export'"
    )
    return sum(not _is_whole(site, *export) for export in exports)


def _is_whole(site: Site, state: str, result_file: str, rows: int) -> bool:
    if state != "done":
        return False
    lines = (site.files / "media" / result_file).read_text().splitlines()
    return [line.split()[0] for line in lines] == [str(number) for number in range(rows)]
