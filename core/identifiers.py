"""Codes of units and people: how each is written, checked, completed and explained."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul

from core.dates import today
from core.text import fold, is_missing


class Verdict(StrEnum):
    """What a check found; only OK and OLD are usable as they stand."""

    OK = "ok"
    OLD = "old"  # an earlier, still valid form of the number
    EMPTY = "empty"
    LENGTH = "length"
    CHARACTER = "character"
    CHECK_DIGIT = "check_digit"
    SCIENTIFIC = "scientific"
    LOST_DIGITS = "lost_digits"
    REGISTRATION_NUMBER = "registration_number"
    ORGANISATION_CODE = "organisation_code"
    BIRTH_DATE = "birth_date"

    @property
    def is_usable(self) -> bool:
        return self in {Verdict.OK, Verdict.OLD}


@dataclass(frozen=True)
class Kind:
    """The words an explanation needs about one sort of number."""

    label: str
    form: str


USCC = Kind("统一社会信用代码", "18 位数字和大写字母（不含 I、O、S、V、Z）")
ORGANISATION_CODE = Kind("组织机构代码", "8 位数字或大写字母加 1 位校验码")
REGISTRATION_NUMBER = Kind("注册号", "15 位数字（早期为 13 位）")
CITIZEN_ID = Kind("身份证号", "17 位数字加 1 位校验码（数字或 X）")
PHONE = Kind("电话号码", "11 位手机号，或区号加 7 至 8 位固定电话")

_REASONS = {
    Verdict.OK: "",
    Verdict.OLD: "{label}为早期编号，按原样保留",
    Verdict.EMPTY: "{label}为空",
    Verdict.LENGTH: "{label}位数不对，应为{form}",
    Verdict.CHARACTER: "{label}含有不应出现的字符，应为{form}",
    Verdict.CHECK_DIGIT: "{label}校验码不符，可能有一位写错，请与证照核对",
    Verdict.SCIENTIFIC: "{label}被存成科学计数法，后几位已丢失，请把该列设为文本后重填",
    Verdict.LOST_DIGITS: "{label}被存成数字，末 3 位已丢失，请把该列设为文本后重填",
    Verdict.REGISTRATION_NUMBER: "填的是注册号，不是{label}",
    Verdict.ORGANISATION_CODE: "填的是组织机构代码，不是{label}",
    Verdict.BIRTH_DATE: "{label}中的出生日期不存在或晚于今天",
}


def explain(kind: Kind, verdict: Verdict) -> str:
    """The verdict as a sentence for a clerk; empty for OK."""
    return _REASONS[verdict].format(label=kind.label, form=kind.form)


# A number as spreadsheets spoil it: 9.14E+17, 9.14403001000000e+17.
_scientific = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE).fullmatch
_NOISE = str.maketrans("", "", " '‘’`\"-‐‑‒–—−_.·")


def _compact(text: str) -> str:
    """Folded, upper case, without the marks that people put between or before the characters."""
    folded = fold(text).upper()
    if is_missing(folded):
        return ""
    if folded.startswith('="') or _scientific(folded.strip("'\" ")):
        return folded.strip("='\" ")
    return folded.translate(_NOISE)


def _lost_digits(code: str) -> bool:
    """Spreadsheets keep 15 digits of a number and write zeros for the rest."""
    return code.isdigit() and len(code) == 18 and code.endswith("000")


# --- GB 32100-2015, unified social credit code ---------------------------------------------

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_uscc_shape = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}").fullmatch
_USCC_VALUES = bytes.maketrans(USCC_ALPHABET.encode(), bytes(range(31)))
# The check character counts with weight 1, so that a right code sums to 0 modulo 31.
_USCC_WEIGHTS = (*(pow(3, place, 31) for place in range(17)), 1)


def normalize_uscc(text: str) -> str:
    return text if _uscc_shape(text) else _compact(text)


def check_uscc(code: str) -> Verdict:
    """Verdict on a normalised code; region codes are not looked up, so new counties pass."""
    if _uscc_shape(code):
        if not sum(map(mul, code.encode().translate(_USCC_VALUES), _USCC_WEIGHTS)) % 31:
            return Verdict.OK
        return Verdict.LOST_DIGITS if _lost_digits(code) else Verdict.CHECK_DIGIT
    if not code:
        return Verdict.EMPTY
    if _scientific(code):
        return Verdict.SCIENTIFIC
    if len(code) in {13, 15} and code.isdigit():
        return Verdict.REGISTRATION_NUMBER
    if _organisation_shape(code):
        return Verdict.ORGANISATION_CODE
    return Verdict.CHARACTER if len(code) == 18 else Verdict.LENGTH


def complete_uscc(body: str) -> str:
    """The code whose first 17 characters are given."""
    total = sum(map(mul, body.encode().translate(_USCC_VALUES), _USCC_WEIGHTS))
    return body + USCC_ALPHABET[-total % 31]


def make_uscc(region: str, serial: int) -> str:
    """A valid code of an enterprise that does not exist, for templates, demo rows and tests."""
    digits = []
    for _ in range(6):
        serial, digit = divmod(serial, 31)
        digits.append(USCC_ALPHABET[digit])
    return complete_uscc("91" + region + complete_organisation_code("MA" + "".join(digits[::-1])))


def region_of_uscc(code: str) -> str:
    """Six-digit code of the place of registration; not always the place of business."""
    return code[2:8]


# --- GB 11714-1997, organisation code -------------------------------------------------------

_organisation_shape = re.compile(r"[0-9A-Z]{8}[0-9X]").fullmatch
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code_of(uscc: str) -> str:
    """The organisation code inside a unified code (positions 9 to 17)."""
    return uscc[8:17]


def normalize_organisation_code(text: str) -> str:
    return _compact(text)


def check_organisation_code(code: str) -> Verdict:
    """Some codes inside valid unified codes fail this digit (0.02 %): treat as a warning."""
    if not code:
        return Verdict.EMPTY
    if _scientific(code):
        return Verdict.SCIENTIFIC
    if not _organisation_shape(code):
        return Verdict.CHARACTER if len(code) == 9 else Verdict.LENGTH
    return Verdict.OK if complete_organisation_code(code[:8]) == code else Verdict.CHECK_DIGIT


def complete_organisation_code(body: str) -> str:
    total = sum(map(mul, (int(character, 36) for character in body), _ORGANISATION_WEIGHTS))
    return body + "0123456789X"[-total % 11]


# --- GS15-2006, registration number ---------------------------------------------------------


def normalize_registration_number(text: str) -> str:
    return _compact(text)


def check_registration_number(number: str) -> Verdict:
    """15 digits with check digit; the 13-digit numbers from before 2007 carry none."""
    if not number:
        return Verdict.EMPTY
    if _scientific(number):
        return Verdict.SCIENTIFIC
    if not (number.isascii() and number.isdigit()):
        return Verdict.CHARACTER
    if len(number) == 13:
        return Verdict.OLD
    if len(number) != 15:
        return Verdict.LENGTH
    right = complete_registration_number(number[:14]) == number
    return Verdict.OK if right else Verdict.CHECK_DIGIT


def complete_registration_number(body: str) -> str:
    """The number whose first 14 digits are given (ISO 7064, MOD 11,10)."""
    product = 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return body + str((11 - product) % 10)


def is_individual_number(number: str) -> bool:
    """Whether a 15-digit number belongs to 个体工商户 (GS15-2006: seventh digit 6 to 9)."""
    return len(number) == 15 and number[6] in "6789"


# --- GB 11643-1999, citizen identification number -------------------------------------------

_citizen_shape = re.compile(r"\d{17}[\dX]", re.ASCII).fullmatch
_old_citizen_shape = re.compile(r"\d{15}", re.ASCII).fullmatch
_CITIZEN_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))


def normalize_citizen_id(text: str) -> str:
    return _compact(text)


def check_citizen_id(number: str, *, on: date | None = None) -> Verdict:
    """Verdict as of a day (default today); regions are not looked up, so new counties pass."""
    if not number:
        return Verdict.EMPTY
    if _scientific(number):
        return Verdict.SCIENTIFIC
    is_old = bool(_old_citizen_shape(number))
    if not is_old and not _citizen_shape(number):
        return Verdict.CHARACTER if len(number) == 18 else Verdict.LENGTH
    if not is_old and complete_citizen_id(number[:17]) != number:
        return Verdict.LOST_DIGITS if _lost_digits(number) else Verdict.CHECK_DIGIT
    born = birth_date_of(number)
    if born is None or born > (on or today()):
        return Verdict.BIRTH_DATE
    return Verdict.OLD if is_old else Verdict.OK


def complete_citizen_id(body: str) -> str:
    """The number whose first 17 digits are given."""
    return body + "10X98765432"[sum(map(mul, map(int, body), _CITIZEN_WEIGHTS)) % 11]


def modern_citizen_id(number: str) -> str:
    """The 18-digit form; numbers of 15 digits belong to people born before 2000."""
    if not _old_citizen_shape(number):
        return number
    return complete_citizen_id(f"{number[:6]}19{number[6:]}")


def birth_date_of(number: str) -> date | None:
    """The day of birth that a number of 15 or 18 digits carries; None if there is no such day."""
    digits = modern_citizen_id(number)[6:14]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


# --- Telephone ------------------------------------------------------------------------------

_SEPARATORS = re.compile(r"[,;/\\|、\n]|或")
_PHONE_NOISE = re.compile(r"[ ()\-.]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−_", "-") | dict.fromkeys("'‘’()"))
_cell_phone = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9}|[48]00\d{7})", re.ASCII).fullmatch
_land_line = re.compile(
    r"(?:(?:(?:\+|00)?86[ -]?)?(?P<area>010|02\d|0[3-9]\d\d)[ -]?)?(?P<local>[2-8]\d{6,7})"
    r"(?:(?:-| ?转 ?| ?EXT\.? ?)(?P<extension>\d{1,6}))?",
    re.ASCII,
).fullmatch
_phone_shape = re.compile(
    r"1[3-9]\d{9}|[48]00\d{7}|(?:0\d{2,3}-)?[2-8]\d{6,7}(?:-\d{1,6})?", re.ASCII
).fullmatch


def split_phones(text: str) -> list[str]:
    """The numbers of one cell in their stored form: 13900000000, 0556-4611234-801."""
    found: list[str] = []
    if is_missing(fold(text)):
        return found
    for chunk in _SEPARATORS.split(text.replace("，", ",").replace("；", ";")):
        cleaned = fold(chunk).upper().translate(_DASHES).strip()
        whole = _one_phone(cleaned)
        parts = [whole] if whole else [_one_phone(word) or word for word in cleaned.split()]
        found += [part for part in parts if part not in found]
    return found


def _one_phone(text: str) -> str:
    """The stored form of one number, empty if the text is not exactly one."""
    if mobile := _cell_phone(_PHONE_NOISE.sub("", text)):
        return mobile[1]
    if line := _land_line(text):
        return "-".join(part for part in line.group("area", "local", "extension") if part)
    return ""


def check_phone(number: str) -> Verdict:
    """Verdict on one number as `split_phones` returns it."""
    if not number:
        return Verdict.EMPTY
    if _phone_shape(number):
        return Verdict.OK
    if _scientific(number):
        return Verdict.SCIENTIFIC
    return Verdict.LENGTH if re.fullmatch(r"[\d-]+", number, re.ASCII) else Verdict.CHARACTER
