"""What the address of a list says, cleaned: unknown or broken values fall back to the defaults."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

PAGE_SIZES = (20, 50, 100)
DEFAULT_SIZE = 50
TEXT_LIMIT = 100
POSITION = ("page", "after", "before", "part")  # never carried over to another set of rows
RESERVED = frozenset({"q", "sort", "per", "col", "view", *POSITION})


@dataclass(frozen=True)
class ListState:
    params: QueryDict
    text: str
    sort: str
    per: int
    number: int
    after: str
    before: str
    columns: tuple[str, ...]
    view: int

    @classmethod
    def parse(cls, params: QueryDict) -> Self:
        per = _whole(params.get("per"), DEFAULT_SIZE)
        return cls(
            params=params,
            text=params.get("q", "").replace("\0", "").strip()[:TEXT_LIMIT],
            sort=params.get("sort", ""),
            per=per if per in PAGE_SIZES else DEFAULT_SIZE,
            number=_whole(params.get("page"), 1),
            after=params.get("after", ""),
            before=params.get("before", ""),
            columns=tuple(params.getlist("col")),
            view=_whole(params.get("view"), 0),
        )

    def link(self, drop: Sequence[str] = (), **changes: str | int | Sequence[str]) -> str:
        """The query string of this list with some parameters replaced, from its first page on."""
        query = self.params.copy()
        for name in (*POSITION, *drop):
            query.pop(name, None)
        for name, value in changes.items():
            values = [value] if isinstance(value, str | int) else value
            query.setlist(name, [str(entry) for entry in values])
        return f"?{query.urlencode()}"

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """Parameters that a form on the list must carry along, as names and values."""
        return [
            (name, value)
            for name, values in self.params.lists()
            if name not in (*POSITION, *without)
            for value in values
        ]


def _whole(text: str | None, default: int) -> int:
    """A plain number of at most nine digits; anything else is the default."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else default
