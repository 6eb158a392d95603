"""How an indicator beside the coverage rates is declared for pages and documentation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Declared:
    """What is counted, in the words shown under the numbers."""

    key: str
    label: str
    basis: str
    version: int = 1
