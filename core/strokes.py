"""Order of Chinese names by strokes: their number, then 横竖撇点折 in the order of writing.

`strokes.txt` holds the characters of GB 13000.1 in that order, reckoned once with cn-sort 0.14.0.
"""

from functools import cache
from pathlib import Path

WIDTH = 3  # base-36 digits of a place
KEPT = 40  # characters of a name
_UNKNOWN = "z" * WIDTH  # after all others
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@cache
def _places() -> dict[str, str]:
    text = (Path(__file__).parent / "strokes.txt").read_text(encoding="utf-8")
    return {character: _place(number) for number, character in enumerate(text.replace("\n", ""))}


def _place(number: int) -> str:
    digits = ""
    for _ in range(WIDTH):
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


def stroke_key(name: str) -> str:
    """A text that sorts names as a list 按姓氏笔画为序 does: surname first, then the next."""
    places = _places()
    return "".join(places.get(character, _UNKNOWN) for character in name[:KEPT])
