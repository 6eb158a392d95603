"""The benchmark: ours and the peers side by side, every ratio from runs taken in turn.

python3 run.py bench [--size 10k] [--case xlsx,csv,preview,…] [--runs 3] [--gate] [--json OUT]

Each case runs in a process of its own on a fresh copy of a prepared database. A case whose result
differs from what the generated files promise fails, however fast it was.
"""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.databases import ROOT, Databases
from benchmarks.generate import SIZES, files
from benchmarks.plan import PLANS, Bench, Failure

LIBRARIES = (
    "Django",
    "django-import-export",
    "tablib",
    "python-calamine",
    "XlsxWriter",
    "psycopg2",
)


def asked(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="10k")
    parser.add_argument("--case", default="xlsx,csv,identical,preview", help=", ".join(PLANS))
    parser.add_argument("--runs", type=int, default=3, help="pairs of each comparison")
    parser.add_argument("--gate", action="store_true", help="fail below the wide gates")
    parser.add_argument("--json", type=Path, metavar="OUT")
    options = parser.parse_args(arguments)
    options.case = options.case.split(",")
    if unknown := set(options.case) - set(PLANS):
        parser.error(f"unknown case: {', '.join(sorted(unknown))}")
    return options


def machine(databases: Databases) -> dict[str, Any]:
    """Where and with what the figures were taken."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{os.cpu_count()} × {model}",
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load": [round(value, 1) for value in os.getloadavg()],
        "python": platform.python_version(),
        "postgresql": databases.facts(),
        **{name: _version(name) for name in LIBRARIES},
    }


def _version(name: str) -> str:
    return version("psycopg2-binary" if name == "psycopg2" else name)


class Runner(Bench):
    """Runs cases in child processes and keeps what they printed."""

    def __init__(self, options: argparse.Namespace, databases: Databases) -> None:
        super().__init__(size=options.size, runs=options.runs, gated=options.gate)
        self.databases = databases
        self._bases: dict[str, str] = {}

    def data(self) -> dict[str, Path]:
        return files(self.size, kinds=("csv", "xlsx"))

    def base(self, case: str, argument: object) -> str:
        """A database that the case has filled; made once for all plans that need it."""
        key = f"{case}_{Path(str(argument)).stem}"
        if key not in self._bases:
            name = self.databases.create(f"base{len(self._bases)}")
            self.note(key, self._case(name, case, argument))
            self.databases.settle(name)
            self._bases[key] = name
        return self._bases[key]

    def run(self, base: str, case: str, argument: object = "", *, fresh: bool = True) -> Any:
        """One measured run, on a copy of the base unless it only reads."""
        if not fresh:
            return self._case(base, case, argument)
        with self.databases.copy(base) as copy:
            return self._case(copy, case, argument)

    def _case(self, database: str, case: str, argument: object) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.case", case, str(argument)],
            cwd=ROOT,
            env=self.databases.environment(database),
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise Failure(f"{case} {argument} ended with {done.returncode}")
        return json.loads(done.stdout.splitlines()[-1])


def main() -> int:
    options = asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # by way of the clearing up below
    databases = Databases()
    runner = Runner(options, databases)
    report: dict[str, Any] = {"machine": machine(databases), "size": options.size}
    print(json.dumps(report, ensure_ascii=False, indent=1), flush=True)
    try:
        for case in options.case:
            PLANS[case](runner)
    finally:
        databases.drop_all()
    report |= {"figures": runner.figures, "failures": runner.failures}
    report["load_at_end"] = [round(value, 1) for value in os.getloadavg()]
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1))
    for failure in runner.failures:
        print(f"FAILED: {failure}", flush=True)
    return 1 if runner.failures else 0


if __name__ == "__main__":
    sys.exit(main())
