"""A calendar file keeps every word, breaks no character and no rule of its format."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.icalendar import OCTETS, Event, calendar, escaped, folded

STAMP = datetime(2026, 11, 22, 4, 5, 6, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def read(value: str) -> str:
    """A text value as a calendar program understands it."""
    out, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            sign = next(signs)
            sign = "\n" if sign == "n" else sign
        out += sign
    return out


@given(WORDS)
def test_no_line_is_too_long_and_unfolding_gives_the_line_back(line: str) -> None:
    text = folded(line)
    assert all(len(part.encode()) <= OCTETS for part in text.split("\r\n"))
    assert text.replace("\r\n ", "") == line


@given(st.text(st.sampled_from("党支部;,\\\n: ab"), max_size=60))
def test_words_come_back_as_they_were(text: str) -> None:
    value = escaped(text)
    assert "\n" not in value
    assert read(value) == text


@given(st.text(max_size=80))
def test_words_add_no_line_to_the_calendar(summary: str) -> None:
    text = calendar("待办", [Event("1", date(2026, 12, 1), summary, "https://a/")], STAMP)
    lines = text.replace("\r\n ", "").split("\r\n")
    assert len(lines) == 6 + 9 + 1
    assert "\n" not in "".join(lines)


def test_an_event_fills_its_day_and_keeps_its_identity() -> None:
    event = Event("换届 1", date(2026, 12, 31), "第一党支部：换届", "https://a/orgs/1")
    text = calendar("待办", [event], STAMP)
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "DTSTAMP:20261122T040506Z\r\n" in text
    uid = next(line for line in text.split("\r\n") if line.startswith("UID:"))
    again = calendar("待办", [Event("换届 1", date(2026, 12, 30), "改期", "/")], STAMP)
    assert uid in again
