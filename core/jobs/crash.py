"""Places where a test may let a worker die as if the power failed; without effect elsewhere."""

import os
import signal

from django.conf import settings

_passed: dict[str, int] = {}


def crash_point(name: str) -> None:
    """Kill this process when CRASH_AT names the point, as "chunk" or "chunk:3" (third passing)."""
    wanted = os.environ.get("CRASH_AT", "") if settings.ENVIRONMENT == "test" else ""
    point, _, passing = wanted.partition(":")
    if point != name:
        return
    _passed[name] = _passed.get(name, 0) + 1
    if _passed[name] == int(passing or 1):
        os.kill(os.getpid(), signal.SIGKILL)
