"""Rows of one sheet that stand for the same thing: none of them can be written."""

from collections.abc import Iterable

TOLD = 5  # row numbers in a sentence


class Twice:
    """Which rows of a file mean what, by anything that tells it apart; `what` in a sentence."""

    def __init__(self, rows: Iterable[tuple[str, object]], what: str = "同一个人") -> None:
        """`rows` are the number of each row and whom it means, None for somebody unheard of."""
        self.what = what
        self._rows: dict[object, list[str]] = {}
        self._meant: dict[str, object] = {}
        for number, meant in rows:
            if meant is not None:
                self._rows.setdefault(meant, []).append(number)
                self._meant[number] = meant

    def fault(self, number: str) -> str:
        """Why that row cannot be written, with the other rows; empty if it stands alone."""
        rows = self._rows.get(self._meant.get(number), [])
        others = [one for one in rows if one != number]
        if not others:
            return ""
        told = "、".join(others[:TOLD]) + (f"等 {len(others)} " if len(others) > TOLD else " ")
        return f"与第 {told}行是{self.what}，只能有一行；请核对后只保留一行。"
