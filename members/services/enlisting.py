"""A new instructor from one form: of the roster, or a full member whose relation is elsewhere."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from members.codes import Category
from members.models import Instructor, Person
from members.services.instructors import register_instructor
from members.services.members import Registration, register_member
from members.services.persons import Actor


@transaction.atomic
def enlist(*, actor: Actor, given: Mapping[str, Any], facts: Mapping[str, Any]) -> Instructor:
    """Enter the chosen `person`, or register the one who is described and enter him.

    Raises ValidationError keyed by the fields of the form.
    """
    person = given["person"] or _register(actor, given)
    return register_instructor(actor=actor, person=person, **facts)


def _register(actor: Actor, given: Mapping[str, Any]) -> Person:
    """A full member whose relation is held elsewhere, looked after by the sending committee."""
    registration = Registration(
        organization=given["home"],
        person={"name": given["name"], "phone": given["phone"], "position": given["home_unit"]},
        member={
            "category": Category.FULL,
            "accepted_on": given["accepted_on"],
            "confirmed_on": given["confirmed_on"],
            "relation_unit": given["relation_unit"],
        },
    )
    person: Person = register_member(actor=actor, given=registration).person
    return person
