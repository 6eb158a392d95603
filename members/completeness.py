"""How complete a member's record is: the share of the national list's facts that are filled."""

from core.rates import Rate
from members.models import PartyMember

PERSONAL = (
    "citizen_id",
    "sex",
    "ethnicity",
    "native_place",
    "born_on",
    "education",
    "job_class",
    "started_work_on",
    "home_address",
    "phone",
    "marital_status",
)


def completeness(member: PartyMember) -> Rate:
    """Filled facts of all that everybody has; titles and strata are not for everybody."""
    person = member.person
    filled = [bool(getattr(person, name)) for name in PERSONAL]
    filled += [bool(member.archive_unit), bool(member.confirmed_on or member.probation_until)]
    return Rate(sum(filled), len(filled))


def percent(member: PartyMember) -> int:
    rate = completeness(member)
    return rate.numerator * 100 // rate.denominator
