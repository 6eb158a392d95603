"""Pages of a list: counted up to a cap, by offset up to there, by keyset beyond on indexed sorts.

An offset of the cap costs a few milliseconds at any size of the table; beyond it only the keyset
keeps a page cheap, so a sort without index ends at the cap and asks for a narrower filter.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet

CAP = 10_000
END = "end"
SALT = "core.listing.paging"

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Order:
    """Names to sort by, each perhaps with a leading minus; the last one is the primary key."""

    names: tuple[str, ...]
    keyset: bool = False  # an index serves this order

    def reversed(self) -> tuple[str, ...]:
        return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in self.names)


@dataclass(frozen=True)
class Page:
    """The rows of one page and what is known about the rest; `number` 0 means near the end."""

    rows: list[Any]
    number: int
    per: int
    total: int
    capped: bool
    keyset: bool = False
    before: str = ""  # token of the previous page, where an offset does not lead there
    after: str = ""
    has_previous: bool = False
    has_next: bool = False
    ends_at_cap: bool = False

    @property
    def pages(self) -> int:
        """Pages that an offset may reach."""
        return max(1, -(-min(self.total, CAP) // self.per))

    @property
    def first_row(self) -> int:
        return (self.number - 1) * self.per + 1 if self.rows and self.number else 0

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1 if self.first_row else 0


def capped_count(queryset: Rows) -> tuple[int, bool]:
    """The number of rows, or the cap and True where there are more."""
    found = queryset.order_by().values("pk")[: CAP + 1].count()
    return min(found, CAP), found > CAP


def paginate(
    queryset: Rows,
    order: Order,
    *,
    per: int,
    number: int = 1,
    after: str = "",
    before: str = "",
    is_cut: bool = False,
) -> Page:
    """One page; a broken or foreign token shows the first page.

    `is_cut` says that more rows match than the queryset offers.
    """
    total, capped = capped_count(queryset)
    capped = capped or is_cut
    if order.keyset and (after or before):
        page = _keyset_page(queryset, order, per, number, after, before, total, capped)
        if page is not None:
            return page
        number = 1
    page = _offset_page(queryset, order, per, number, total, capped)
    return replace(page, ends_at_cap=page.ends_at_cap or (is_cut and not page.has_next))


def _offset_page(
    queryset: Rows, order: Order, per: int, number: int, total: int, capped: bool
) -> Page:
    pages = max(1, -(-total // per))
    number = min(max(number, 1), pages)
    start = (number - 1) * per
    found = list(queryset.order_by(*order.names)[start : start + per + 1])
    rows = found[:per]
    beyond = len(found) > per and number == pages
    return Page(
        rows=rows,
        number=number,
        per=per,
        total=total,
        capped=capped,
        keyset=order.keyset,
        after=_token(rows[-1], order) if rows and beyond and order.keyset else "",
        has_previous=number > 1,
        has_next=number < pages or (beyond and order.keyset),
        ends_at_cap=beyond and not order.keyset,
    )


def _keyset_page(
    queryset: Rows,
    order: Order,
    per: int,
    number: int,
    after: str,
    before: str,
    total: int,
    capped: bool,
) -> Page | None:
    backwards = bool(before)
    names = order.reversed() if backwards else order.names
    if before != END:
        position = _position(before or after, order)
        if position is None:
            return None
        queryset = queryset.filter(_beyond(names, position))
    found = list(queryset.order_by(*names)[: per + 1])
    more, rows = len(found) > per, found[:per]
    if not rows:
        return None
    if backwards:
        rows.reverse()
        number = 0 if before == END else number
        number = number if more else 1
    return Page(
        rows=rows,
        number=number,
        per=per,
        total=total,
        capped=capped,
        keyset=True,
        before=_token(rows[0], order),
        after=_token(rows[-1], order),
        has_previous=more if backwards else True,
        has_next=before != END if backwards else more,
    )


def _beyond(names: tuple[str, ...], position: list[Any]) -> Q:
    """Rows after a position; the first name stands alone so that its index gives the start."""
    condition, equal = Q(), Q()
    for name, value in zip(names, position, strict=True):
        step = "lt" if name.startswith("-") else "gt"
        bare = name.lstrip("-")
        condition |= equal & Q(**{f"{bare}__{step}": value})
        equal &= Q(**{bare: value})
    first, start = names[0].lstrip("-"), "lte" if names[0].startswith("-") else "gte"
    return Q(**{f"{first}__{start}": position[0]}) & condition


def _token(row: Model, order: Order) -> str:
    """The place of a row in the order, signed: what comes back is a value we once read."""
    values = [_value(row, name.lstrip("-")) for name in order.names]
    return signing.dumps([list(order.names), values], salt=SALT, compress=True)


def _value(row: Model, name: str) -> Any:
    value: Any = row
    for part in name.split("__"):
        value = getattr(value, part)
    return value if isinstance(value, str | int) else str(value)


def _position(token: str, order: Order) -> list[Any] | None:
    try:
        names, values = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return list(values) if tuple(names) == order.names else None
