"""Pages of a list: every row once, by offset and by keyset, forwards and from the end."""

from collections.abc import Iterator

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import User
from core.listing import paging
from core.listing.pager import pager_links
from core.listing.paging import Order, Page, capped_count, paginate
from core.listing.state import ListState
from core.models import Message
from tests.ui.conftest import write_messages

BY_TITLE = Order(("title", "pk"), keyset=True)
BACKWARDS = Order(("-title", "-pk"), keyset=True)


@pytest.fixture
def low_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows stand for ten thousand."""
    monkeypatch.setattr(paging, "CAP", 10)


def follow(order: Order, per: int) -> Iterator[Page]:
    """Press 下一页 until there is none, as a reader does."""
    page = paginate(Message.objects.all(), order, per=per)
    yield page
    while page.has_next:
        link = pager_links(ListState.parse(QueryDict()), page).next
        state = ListState.parse(QueryDict(link.lstrip("?")))
        page = paginate(
            Message.objects.all(), order, per=per, number=state.number, after=state.after
        )
        yield page


def titles(page: Page) -> list[str]:
    return [row.title for row in page.rows]


@pytest.mark.parametrize("order", [BY_TITLE, BACKWARDS])
def test_following_the_pages_meets_every_row_once(clerk: User, low_cap: None, order: Order) -> None:
    write_messages(clerk, 25)
    met = [title for page in follow(order, per=4) for title in titles(page)]
    assert met == sorted(met, reverse=order is BACKWARDS)
    assert len(set(met)) == len(met) == 25


def test_pages_beyond_the_cap_keep_counting(clerk: User, low_cap: None) -> None:
    write_messages(clerk, 25)
    assert [page.number for page in follow(BY_TITLE, per=5)] == [1, 2, 3, 4, 5]


def test_a_sort_without_index_ends_at_the_cap(clerk: User, low_cap: None) -> None:
    write_messages(clerk, 25)
    pages = list(follow(Order(("body", "pk")), per=5))
    assert [page.ends_at_cap for page in pages] == [False, True]


def test_the_last_page_is_read_from_the_end(clerk: User, low_cap: None) -> None:
    write_messages(clerk, 25)
    first = paginate(Message.objects.all(), BY_TITLE, per=4)
    state = ListState.parse(QueryDict(pager_links(ListState.parse(QueryDict()), first).last[1:]))
    last = paginate(Message.objects.all(), BY_TITLE, per=4, before=state.before)
    assert titles(last)[-1] == "通知0024"
    assert not last.has_next
    before = paginate(Message.objects.all(), BY_TITLE, per=4, before=last.before)
    assert titles(before)[-1] == "通知0020"


def test_going_back_ends_at_the_first_page(clerk: User, low_cap: None) -> None:
    write_messages(clerk, 12)
    page = paginate(Message.objects.all(), BY_TITLE, per=5, before=paging.END)
    met = titles(page)
    while page.has_previous:
        page = paginate(Message.objects.all(), BY_TITLE, per=5, before=page.before)
        met = titles(page) + met
    assert page.number == 1
    assert met == [f"通知{number:04d}" for number in range(12)]


@pytest.mark.parametrize("token", ["x", "", "AAAA:BBBB", "\0"])
def test_a_broken_token_shows_the_first_page(clerk: User, token: str) -> None:
    write_messages(clerk, 6)
    page = paginate(Message.objects.all(), BY_TITLE, per=4, number=7, after=token or "x")
    assert titles(page)[0] == "通知0000"


def test_a_token_of_another_order_shows_the_first_page(clerk: User, low_cap: None) -> None:
    write_messages(clerk, 25)
    *_, tail = [page for page in follow(BY_TITLE, per=5) if page.after]
    page = paginate(Message.objects.all(), BACKWARDS, per=5, after=tail.after)
    assert titles(page)[0] == "通知0024"


def test_a_page_number_beyond_the_end_shows_the_last_page(clerk: User) -> None:
    write_messages(clerk, 6)
    page = paginate(Message.objects.all(), BY_TITLE, per=4, number=10**9)
    assert titles(page) == ["通知0004", "通知0005"]
    assert (page.first_row, page.last_row) == (5, 6)


def test_a_count_says_when_there_are_more(clerk: User, low_cap: None) -> None:
    write_messages(clerk, 10)
    assert capped_count(Message.objects.all()) == (10, False)
    write_messages(clerk, 1, "再一条")
    assert capped_count(Message.objects.all()) == (10, True)


def test_an_empty_list_has_one_empty_page(db: None) -> None:
    page = paginate(Message.objects.all(), BY_TITLE, per=20)
    assert (page.rows, page.pages, page.first_row, page.has_next) == ([], 1, 0, False)


@hypothesis_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=30), per=st.integers(1, 7))
def test_equal_values_are_never_skipped_nor_repeated(
    clerk: User, low_cap: None, words: list[str], per: int
) -> None:
    Message.objects.all().delete()
    Message.objects.bulk_create(
        Message(recipient=clerk, kind="action", title=word, dedupe_key=str(place))
        for place, word in enumerate(words)
    )
    met = [row.pk for page in follow(BY_TITLE, per=per) for row in page.rows]
    assert met == list(Message.objects.order_by("title", "pk").values_list("pk", flat=True))
