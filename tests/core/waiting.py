"""Waiting for a condition, never for a time."""

import threading
import time
from collections.abc import Callable

PATIENCE = 20.0  # seconds after which a test gives up


def until(condition: Callable[[], object], what: str = "", patience: float = PATIENCE) -> None:
    pause, end = threading.Event(), time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain: {what or condition}")
        pause.wait(0.01)
