"""Where a person works: one move ends the employments before and begins the next."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from enterprises.models import Enterprise
from members.models import Employment, Person
from members.services.persons import Actor

AT = {"members_employment_once": "on", "members_employment_in_order": "on"}


@transaction.atomic
def move_employment(
    *, actor: Actor, person: Person, enterprise: Enterprise | None, on: date, **facts: Any
) -> Employment | None:
    """The person works there from that day and nowhere else; without an enterprise, nowhere.

    `facts` are department, post and is_on_post.
    """
    require_day(on, Reach.FACT, "on")
    Person.objects.select_for_update().get(pk=person.pk)
    before = list(Employment.objects.filter(person=person, valid_to=None))
    for held in before:
        if held.valid_from >= on:
            raise ValidationError({"on": f"应晚于入职{held.enterprise}的日期 {held.valid_from}。"})
        held.valid_to = on
        held.save(update_fields=["valid_to"])
    employment = None
    if enterprise is not None:
        employment = Employment(person=person, enterprise=enterprise, valid_from=on, **facts)
        clean_at(employment, AT)
        employment.save()
    audit.record(
        actor=actor,
        verb="employment.move",
        target=getattr(person, "party_member", person),
        before={"enterprise": "、".join(str(held.enterprise) for held in before)},
        after={"enterprise": str(enterprise or ""), "valid_from": on},
        scope_path=person.home_organization.path,
    )
    return employment
