"""Rows of one sheet that name the same person: none of them can be written."""

from collections.abc import Iterable

TOLD = 5  # row numbers in a sentence


class Twice:
    """Which rows of a file mean whom, by anything that tells people apart."""

    def __init__(self, rows: Iterable[tuple[str, object]]) -> None:
        """`rows` are the number of each row and who it means, None for somebody unheard of."""
        self._rows: dict[object, list[str]] = {}
        self._meant: dict[str, object] = {}
        for number, person in rows:
            if person is not None:
                self._rows.setdefault(person, []).append(number)
                self._meant[number] = person

    def fault(self, number: str) -> str:
        """Why that row cannot be written, with the other rows; empty if it stands alone."""
        rows = self._rows.get(self._meant.get(number), [])
        others = [one for one in rows if one != number]
        if not others:
            return ""
        told = "、".join(others[:TOLD]) + (f"等 {len(others)} " if len(others) > TOLD else " ")
        return f"与第 {told}行是同一个人，每人只能有一行；请核对后只保留一行。"
