"""Addresses of people."""

from tests.sweeps.row import Row

ROWS: dict[str, Row] = {}
