"""What contact points add to the product: words of the log, their sheet, their deadlines."""

from core import audit, history
from core import deadlines as core_deadlines
from enterprises.contacts import deadlines, services, sheets
from enterprises.models import ContactPoint


def register() -> None:
    """Called from AppConfig.ready."""
    for verb, label in services.VERBS.items():
        audit.register_verb(verb, label)
    sheets.register_sheet()
    core_deadlines.register("contacts", "领导联系点走访", deadlines.deadlines)
    history.register(
        ContactPoint,
        permission=deadlines.PERMISSION,
        fields=frozenset(services.FACTS),
        verbs=(services.CHANGE,),
        restore=lambda actor, point, field, value, reason: services.change_contact(
            actor=actor, contact=point, reason=reason, **{field: value}
        ),
    )
