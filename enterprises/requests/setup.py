"""What requests add to the product: words of the log, sheet, deadlines, weekly reminder."""

from core import audit, deadlines, history, jobs
from enterprises.models import EnterpriseRequest
from enterprises.models.request import CHANGE
from enterprises.requests import handing, notices, services, sheets


def register() -> None:
    """Called from AppConfig.ready."""
    for verb, label in services.VERBS.items():
        audit.register_verb(verb, label)
    sheets.register_sheet()
    handing.register_work()
    deadlines.register("requests", "企业诉求", notices.deadlines)
    jobs.register("enterprises.requests", "提醒逾期诉求", "short", run=notices.remind, nightly=True)
    history.register(
        EnterpriseRequest,
        permission=CHANGE,
        fields=frozenset(services.FACTS) - {"earlier"},  # a judgement of its own
        verbs=(services.CHANGE,),
        restore=lambda actor, request, field, value, reason: services.change_request(
            actor=actor, request=request, reason=reason, **{field: value}
        ),
    )
