"""How a job's handler ends other than by success."""


class JobFailed(Exception):
    """The job cannot be done; the sentence tells the clerk why and what to do."""

    def __init__(self, message: str, code: str = "E-JOB-10") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class Cancelled(Exception):
    """Its owner asked to stop; a handler may catch this to clean up and raises it again."""


class LostLease(Exception):
    """Another run holds the job now; whatever this one has not committed must be undone."""
