"""The ledgers there are, in the order of the shelf."""

from reports.ledgers.base import Ledger
from reports.ledgers.coverage import CoverageLedger
from reports.ledgers.enterprises import WorkLedger
from reports.ledgers.uncovered import UncoveredLedger

LEDGERS: tuple[Ledger, ...] = (CoverageLedger(), WorkLedger(), UncoveredLedger())
LEDGER = {ledger.key: ledger for ledger in LEDGERS}
