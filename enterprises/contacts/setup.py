"""What contact points add to the product: words of the log and their sheet."""

from core import audit
from enterprises.contacts import services, sheets


def register() -> None:
    """Called from AppConfig.ready."""
    for verb, label in services.VERBS.items():
        audit.register_verb(verb, label)
    sheets.register_sheet()
