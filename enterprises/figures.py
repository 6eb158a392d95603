"""Asks for today's coverage to be counted anew after an import; reports registers who counts."""

from core.jobs import submit

RECOMPUTE = "coverage.recompute"


def ask_for_figures(occasion: str) -> None:
    """One job for each occasion, in the transaction of the change."""
    submit(RECOMPUTE, owner=None, params={"cause": "import"}, idempotency_key=occasion)
