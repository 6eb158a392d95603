"""Writes a calendar of whole-day events as iCalendar text (RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

OCTETS = 75  # of a line, without its end
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """`identity` stays the same as long as it is the same event."""

    identity: str
    on: date
    summary: str
    url: str


def calendar(name: str, events: Iterable[Event], stamp: datetime) -> str:
    """The whole file; `stamp` is when it was written."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//fgqydj//deadlines//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for event in events for line in _event(event, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{sha256(event.identity.encode()).hexdigest()[:40]}@fgqydj"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text value; control characters, which no value may hold, are left out."""
    kept = "".join(sign for sign in text if sign == "\n" or sign == "\t" or sign.isprintable())
    return kept.translate(_ESCAPED)


def folded(line: str) -> str:
    """A line broken so that none has more than 75 octets and no character is cut."""
    parts, room = [""], OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append("")
            room = OCTETS - 1  # the blank that opens a further line
        parts[-1] += sign
        room -= size
    return "\r\n ".join(parts)
