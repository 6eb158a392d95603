"""Persons as they are written: derived from their number, found again by it, each once."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from core import identifiers
from core.masking import Shown, mask
from core.readable import personal_kind
from core.refusals import clean_at
from core.text import fold
from members.codes import Sex
from members.models import Person

Actor = AbstractBaseUser | None
TAKEN = "members_citizen_id_once"
AT = {TAKEN: "citizen_id"}
OTHER_NAME = "这个身份证号登记的是另一个姓名，请核对；是同一人改名的，请在其页面修改。"
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


def taken_up(number: str, name: str) -> Person:
    """Whoever has that number already, else somebody new; a name of another is refused."""
    person = (number and with_number(number).first()) or Person()
    if person.pk and fold(person.name) != fold(name):
        raise ValidationError({"name": OTHER_NAME})
    return person


def may_be_one(person: Person, other: Person) -> bool:
    """Whether two entries of the same name may mean one person: nothing tells them apart."""
    if all(one.citizen_id_index or one.citizen_id for one in (person, other)):
        return False
    if person.born_on and other.born_on:
        return person.born_on == other.born_on
    return person.home_organization_id == other.home_organization_id


def double_of(person: Person, user: Any) -> Person | None:
    """Somebody within the user's scope who may be that new person entered again."""
    if person.citizen_id and with_number(person.citizen_id).exists():
        return None
    namesakes = Person.objects.visible_to(user).filter(name=person.name)
    rows = namesakes.select_related("home_organization").order_by("pk")
    return next((one for one in rows if may_be_one(person, one)), None)


def doubt_of(other: Person) -> str:
    """What to do about somebody who may be the same, up to where another one is entered."""
    return (
        f"已登记有同名的{other}（{other.home_organization}），没有身份证号可以区分：是同一人的，"
        "请在其页面补录，不重复登记；确实不是同一人的，"
    )


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
