"""The kinds of work there are; each app registers its own in AppConfig.ready."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.models import Job

if TYPE_CHECKING:
    from core.jobs.run import JobRun

QUEUES = ("import", "export", "short")
NIGHT_ENDS = 2  # o'clock: nightly work of a day may begin


@dataclass(frozen=True)
class Kind:
    """`attempts` bounds the runs without a new checkpoint; `url` leads to what the job made.

    `permission` is asked again when the result file is fetched. `nightly` kinds are submitted
    once each day without owner, from `hour` o'clock on.
    """

    key: str
    label: str
    queue: str
    run: Callable[["JobRun"], None]
    attempts: int = 5
    permission: str = ""
    url: Callable[[Job], str] | None = None
    nightly: bool = False
    hour: int = NIGHT_ENDS


_kinds: dict[str, Kind] = {}


def register(
    key: str,
    label: str,
    queue: str,
    *,
    run: Callable[["JobRun"], None],
    attempts: int = 5,
    permission: str = "",
    url: Callable[[Job], str] | None = None,
    nightly: bool = False,
    hour: int = NIGHT_ENDS,
) -> Kind:
    if queue not in QUEUES:
        raise ValueError(f"queue {queue} is none of {QUEUES}")
    kind = Kind(key, label, queue, run, attempts, permission, url, nightly, hour)
    _kinds[key] = kind
    return kind


def kind_of(key: str) -> Kind | None:
    """None for a kind that this version of the program does not know."""
    return _kinds.get(key)


def nightly_kinds() -> Iterator[Kind]:
    return (kind for kind in _kinds.values() if kind.nightly)
