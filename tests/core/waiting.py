"""Waiting for a condition, never for a time."""

import threading
import time
from collections.abc import Callable

PATIENCE = 20.0  # seconds after which a test gives up


def until(
    condition: Callable[[], object],
    what: str = "",
    patience: float = PATIENCE,
    pause: float = 0.01,
) -> None:
    """Look at the condition every `pause` seconds until it is true."""
    never, end = threading.Event(), time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain: {what or condition}")
        never.wait(pause)
