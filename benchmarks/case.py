"""One measured case in its own process; the last line of its output is one JSON object.

python -m benchmarks.case NAME [FILE or SIZE]
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def cases() -> dict[str, Callable[[str], Callable[[], Any]]]:
    """Each takes its argument, prepares, and returns the work to be measured."""
    from benchmarks import (
        exports,
        floors,
        formation,
        imports,
        large,
        life,
        peer,
        scope,
        tree,
        tree_page,
    )

    return {
        **imports.CASES,
        **peer.CASES,
        **exports.CASES,
        **floors.CASES,
        **formation.CASES,
        **large.CASES,
        **life.CASES,
        **scope.CASES,
        **tree.CASES,
        **tree_page.CASES,
    }


def main() -> None:
    name, argument = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    django.setup()
    work = cases()[name](argument)
    from benchmarks.meter import measured, peak

    cost, result = measured(work)
    print(json.dumps({**asdict(cost), "cpu": cost.cpu, "peak_mb": peak(), "result": result}))


if __name__ == "__main__":
    main()
