"""Indicators as declarations: numbers, lists, columns and documentation derive from them."""

from reports.indicators.base import Indicator, Side
from reports.indicators.coverage import INDICATOR, INDICATORS

__all__ = ["INDICATOR", "INDICATORS", "Indicator", "Side"]
