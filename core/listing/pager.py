"""The links of a pager: first, previous, numbers around here, next, last."""

from dataclasses import dataclass, field

from core.listing.paging import END, Page
from core.listing.state import PAGE_SIZES, ListState

AROUND = 2


@dataclass(frozen=True)
class PagerLinks:
    """Query strings; an empty one means that there is nothing there."""

    total: str
    first: str = ""
    previous: str = ""
    next: str = ""
    last: str = ""
    numbers: list[tuple[int, str]] = field(default_factory=list)
    sizes: list[tuple[int, str]] = field(default_factory=list)


def pager_links(state: ListState, page: Page) -> PagerLinks:
    """The present page has an empty link; gaps in the numbers are left to the reader's eye."""
    near = range(max(1, page.number - AROUND), min(page.pages, page.number + AROUND) + 1)
    return PagerLinks(
        total=f"{page.total:,}{'+' if page.capped else ''}",
        first=state.link() if page.has_previous else "",
        previous=_previous(state, page) if page.has_previous else "",
        next=_next(state, page) if page.has_next else "",
        last=_last(state, page) if page.has_next else "",
        numbers=[(n, "" if n == page.number else state.link(page=n)) for n in near]
        if page.number
        else [],
        sizes=[(size, "" if size == page.per else state.link(per=size)) for size in PAGE_SIZES],
    )


def _previous(state: ListState, page: Page) -> str:
    within = 0 < page.number - 1 <= page.pages
    if not page.before or within:
        return state.link(page=page.number - 1)
    return state.link(page=max(page.number - 1, 0), before=page.before)


def _next(state: ListState, page: Page) -> str:
    following = page.number + 1 if page.number else 0
    if page.after:
        return state.link(page=following, after=page.after)
    return state.link(page=following)


def _last(state: ListState, page: Page) -> str:
    if page.capped:
        return state.link(before=END) if page.keyset else ""
    return state.link(page=page.pages)
