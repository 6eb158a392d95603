"""Persons as they are written: derived from their number, found again by it, each once."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from core import identifiers
from core.masking import Shown, mask
from core.pinyin import search_key
from core.readable import personal_kind
from core.refusals import clean_at
from core.strokes import stroke_key
from members.codes import Sex
from members.models import Person

Actor = AbstractBaseUser | None
TAKEN = "members_citizen_id_once"
AT = {TAKEN: "citizen_id"}
SHOWN = frozenset({Shown.BIRTH_DATE})  # beside the number, wherever a member is shown
# What a clerk says of a person; the rest is derived or follows from an act.
FACTS = (
    "name",
    "citizen_id",
    "sex",
    "born_on",
    "ethnicity",
    "native_place",
    "is_taiwanese",
    "marital_status",
    "education",
    "school",
    "started_work_on",
    "position",
    "title",
    "job_class",
    "new_stratum",
    "is_migrant_worker",
    "is_in_hardship",
    "phone",
    "home_address",
)


def complete(person: Person) -> None:
    """Fill in what follows from the name and the identity number; nothing is overwritten."""
    person.name = person.name.strip()
    person.search_key = search_key(person.name, is_person=True)
    person.stroke_key = stroke_key(person.name)
    number = identifiers.normalize_citizen_id(person.citizen_id or "")
    if not identifiers.check_citizen_id(number).is_usable:
        return
    number = identifiers.modern_citizen_id(number)
    person.born_on = person.born_on or identifiers.birth_date_of(number)
    person.sex = person.sex or (Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def require_valid(person: Person) -> None:
    """Refuse, at its fields, what no person can be."""
    clean_at(person, AT)
    if person.born_on and person.started_work_on and person.started_work_on < person.born_on:
        raise ValidationError({"started_work_on": "参加工作日期不能早于出生日期。"})


def with_number(number: str) -> QuerySet[Person]:
    """Whoever has that identity number, in whatever form it was typed."""
    return Person.objects.filter(citizen_id_index=Person.digest("citizen_id", number) or "")


def doubts(person: Person) -> list[str]:
    """Where what was entered and the identity number disagree; not refused, as files may be."""
    number = person.citizen_id or ""
    if not number:
        return []
    found, told = [], identifiers.birth_date_of(number)
    if person.born_on and told and person.born_on != told:
        found.append(f"出生日期与身份证号中的 {told} 不一致，以档案为准的请在备注中说明。")
    if person.sex and person.sex != (Sex.MALE if int(number[16]) % 2 else Sex.FEMALE):
        found.append("性别与身份证号不一致，请核对。")
    return found


def facts_of(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in FACTS}


def masked(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as the log of a member keeps them: what is encrypted in its table stays hidden."""
    kinds = {name: personal_kind(Person._meta.label_lower, name) for name in facts}
    return {
        name: mask(kinds[name], str(value or ""), SHOWN) if kinds[name] else value
        for name, value in facts.items()
    }
