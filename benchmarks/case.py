"""One measured case in its own process: prints wall and CPU seconds, peak memory and the result.

python -m benchmarks.case NAME FILE
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
REFERENCE = date(2026, 12, 31)


def ours(path: Path, *, apply: bool = True, day: date = REFERENCE) -> dict[str, Any]:
    from enterprises.census import intake, pipeline
    from enterprises.census.apply import apply_batch
    from organizations.models import Area, AreaKind

    county = Area.objects.get(kind=AreaKind.COUNTY)
    with path.open("rb") as content:
        batch = intake.receive(
            actor=None,
            content=content,
            name=path.name,
            census_round=intake.open_round(county, day),
            source="registry",
        )
    pipeline.read(batch)
    pipeline.prepare(batch)
    if apply:
        batch = apply_batch(actor=None, batch=batch)
    return {"buckets": batch.buckets, "seconds": batch.seconds, "receipt": batch.receipt}


def preview(path: Path) -> dict[str, Any]:
    return ours(path, apply=False)


def first_year(path: Path) -> dict[str, Any]:
    """Fills the register that the other cases update."""
    return ours(path, day=date(2025, 12, 31))


def peer_default(path: Path) -> dict[str, Any]:
    from benchmarks.peer import import_file

    return import_file(path, tuned=False)


def peer_tuned(path: Path) -> dict[str, Any]:
    from benchmarks.peer import import_file

    return import_file(path, tuned=True)


CASES: dict[str, Callable[[Path], dict[str, Any]]] = {
    "ours": ours,
    "preview": preview,
    "first_year": first_year,
    "peer_default": peer_default,
    "peer_tuned": peer_tuned,
}


def main() -> None:
    name, path = sys.argv[1], Path(sys.argv[2])
    django.setup()
    if name.startswith("peer"):
        import benchmarks.peer  # noqa: F401  imports are not part of the measurement
    else:
        import enterprises.census.apply
        import enterprises.census.pipeline  # noqa: F401
    started = perf_counter()
    result = CASES[name](path)
    wall = perf_counter() - started
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in usage)
    peak = {"self": usage[0].ru_maxrss // 1024, "child": usage[1].ru_maxrss // 1024}
    print(json.dumps({"wall": wall, "cpu": cpu, "peak_mb": peak, "result": result}))


if __name__ == "__main__":
    main()
