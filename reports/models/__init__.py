"""Coverage facts of a day, frozen runs and issued ledgers."""

from reports.models.fact import CoverageFact

__all__ = ["CoverageFact"]
