"""What an industry code says: its section and division of GB/T 4754-2017."""

from bisect import bisect_right
from typing import NamedTuple

# First division of each section of GB/T 4754-2017, so that "1810" and "C181" mean the same.
_SECTIONS = (
    (1, "A"),
    (6, "B"),
    (13, "C"),
    (44, "D"),
    (47, "E"),
    (51, "F"),
    (53, "G"),
    (61, "H"),
    (63, "I"),
    (66, "J"),
    (70, "K"),
    (71, "L"),
    (73, "M"),
    (76, "N"),
    (80, "O"),
    (83, "P"),
    (84, "Q"),
    (86, "R"),
    (91, "S"),
    (97, "T"),
)
_FIRST = [first for first, _ in _SECTIONS]
_LETTERS = "".join(letter for _, letter in _SECTIONS)


class Industry(NamedTuple):
    """Section letter and two-digit division; empty where the code does not say."""

    section: str
    division: str


def industry_of(code: str) -> Industry:
    digits = code.lstrip(_LETTERS)[:2]
    if len(digits) == 2 and digits.isdigit() and digits.isascii() and digits != "00":
        section = _SECTIONS[bisect_right(_FIRST, int(digits)) - 1][1]
        return Industry(section, digits)
    return Industry(code[0], "") if code[:1] in set(_LETTERS) else Industry("", "")
