"""Shares the in-process reader of the bad-input corpus."""

from tests.badinput.conftest import choose, parse

__all__ = ["choose", "parse"]
