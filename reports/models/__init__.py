"""Coverage facts of a day, frozen runs and issued ledgers."""

from reports.models.fact import CoverageFact
from reports.models.ledger import LedgerIssue
from reports.models.run import CoverageFigure, CoverageRun

__all__ = ["CoverageFact", "CoverageFigure", "CoverageRun", "LedgerIssue"]
