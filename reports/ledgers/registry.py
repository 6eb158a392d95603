"""The ledgers there are, in the order of the shelf."""

from reports.ledgers.base import Ledger
from reports.ledgers.coverage import CoverageLedger
from reports.ledgers.enterprises import WorkLedger

LEDGERS: tuple[Ledger, ...] = (CoverageLedger(), WorkLedger())
LEDGER = {ledger.key: ledger for ledger in LEDGERS}
