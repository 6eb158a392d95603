"""How sensitive values are shown: masked by what else the page shows; `core.reveal` shows more.

The mask of a citizen ID depends on its neighbours (GB/T 45574, minimum necessary): beside the day
of birth, the usual first six and last four digits would leave one single candidate number.
"""

from collections.abc import Set as AbstractSet
from enum import StrEnum

from core.identifiers import check_phone, normalize_citizen_id, split_phones
from core.pinyin import surname_of

STAR = "*"
REVEAL_PERMISSION = "core.reveal"


class Sensitive(StrEnum):
    """Kinds of sensitive value; a column names its kind."""

    CITIZEN_ID = "citizen_id"
    PHONE = "phone"
    NAME = "name"
    SECRET = "secret"


class Shown(StrEnum):
    """What a page may show beside the value that narrows it down."""

    BIRTH_DATE = "birth_date"
    BIRTH_MONTH = "birth_month"
    AGE = "age"


def mask(kind: str, value: str, shown: AbstractSet[str] = frozenset()) -> str:
    """The value as a normal role sees it; an unknown kind hides everything."""
    if not value:
        return ""
    match kind:
        case Sensitive.CITIZEN_ID:
            return _mask_citizen_id(normalize_citizen_id(value), shown)
        case Sensitive.PHONE:
            return "、".join(map(_mask_phone, split_phones(value)))
        case Sensitive.NAME:
            return surname_of(value) + "某"
    return STAR * 6


def _mask_citizen_id(number: str, shown: AbstractSet[str]) -> str:
    if len(number) not in {15, 18}:
        return STAR * len(number)
    if not shown.isdisjoint(Shown):
        return STAR * (len(number) - 1) + (number[-1] if len(number) == 18 else STAR)
    return number[:6] + STAR * (len(number) - 10) + number[-4:]


def _mask_phone(number: str) -> str:
    """138****5678 and 0556-****234; an extension is left out."""
    if not check_phone(number).is_usable:
        return STAR * len(number)
    if len(number) == 11 and number.startswith("1"):
        return f"{number[:3]}****{number[-4:]}"
    head, dash, local = number.partition("-") if number.startswith("0") else ("", "", number)
    return f"{head}{dash}****{local.split('-')[0][-3:]}"
