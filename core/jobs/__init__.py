"""Work that outlives a request: PostgreSQL holds the truth about it, Redis only rings a bell."""

from core.jobs.control import cancel, retry
from core.jobs.errors import Cancelled, JobFailed, LostLease
from core.jobs.registry import Kind, kind_of, register
from core.jobs.run import JobRun
from core.jobs.runner import run_now
from core.jobs.submit import submit

__all__ = [
    "Cancelled",
    "JobFailed",
    "JobRun",
    "Kind",
    "LostLease",
    "cancel",
    "kind_of",
    "register",
    "retry",
    "run_now",
    "submit",
]
