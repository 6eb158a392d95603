"""Terms before and after an act on the tree: what ends, what lacks a term, what is overdue."""

from collections.abc import Iterator, Mapping

from django.db.models.functions import Coalesce

from organizations import consequences
from organizations.consequences import Focus, Line, Measure
from organizations.models import LeadershipTerm, PartyOrganization
from organizations.rules import APPOINTED, ELECTING

RUNNING, MISSING, LATE = "任期内的班子", "没有登记任期的党组织", "换届超期的党组织"
Counts = Mapping[str, int]


def register() -> None:
    """Called once when the apps are ready."""
    consequences.register(Measure("terms", "任期", _look, _tell))


def _look(focus: Focus) -> Counts:
    """What the reader may see, as of the day of the act."""
    everybody = PartyOrganization.objects
    seen = everybody.visible_to(focus.actor) if focus.actor else everybody.all()
    bodies = seen.existing(focus.on).filter(kind__in=ELECTING).exclude(nature__in=APPOINTED)
    terms = LeadershipTerm.objects.as_of(focus.on).filter(organization__in=bodies)
    running = terms.count()
    late = terms.annotate(ends=Coalesce("extended_to", "expires_on")).filter(ends__lt=focus.on)
    return {RUNNING: running, MISSING: bodies.count() - running, LATE: late.count()}


def _tell(before: Counts, after: Counts) -> Iterator[Line]:
    for label, old in before.items():
        new = after[label]
        if old != new:
            worse = label != RUNNING and new > old
            yield Line(label, f"{old}个", f"{new}个", concern=worse)
