"""Every number on the board by its key: a rate, or a plain count taken as one of everybody."""

from reports.conditions import EVERYTHING, always
from reports.indicators.base import Indicator
from reports.indicators.coverage import INDICATOR
from reports.tallies import TALLY

_COUNTS = {
    tally.key: Indicator(
        tally.key, tally.label, always(EVERYTHING), tally.condition, tally.basis or tally.label
    )
    for tally in TALLY.values()
}


def measured(key: str) -> Indicator:
    """The indicator or count of that key; raises KeyError."""
    return INDICATOR.get(key) or _COUNTS[key]


def is_rate(key: str) -> bool:
    return key in INDICATOR
