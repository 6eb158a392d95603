"""What contact points add to the product: words of the log, their sheet, their deadlines."""

from core import audit
from core import deadlines as core_deadlines
from enterprises.contacts import deadlines, services, sheets


def register() -> None:
    """Called from AppConfig.ready."""
    for verb, label in services.VERBS.items():
        audit.register_verb(verb, label)
    sheets.register_sheet()
    core_deadlines.register(deadlines.deadlines)
