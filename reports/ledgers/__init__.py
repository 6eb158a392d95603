"""Ledgers as declarations; preview, workbook, issue and documentation derive from them."""

from reports.ledgers.base import Ledger, Line
from reports.ledgers.registry import LEDGER, LEDGERS

__all__ = ["LEDGER", "LEDGERS", "Ledger", "Line"]
