"""What a cell or a typed word says once invisible marks, widths and blanks are set aside."""

import unicodedata

# Soft hyphen, joiners, fillers, zero-width and direction marks, byte order mark, control characters
# but \t \n \r.
_INVISIBLE = dict.fromkeys(
    [
        0xAD,
        0x034F,
        0x061C,
        0x115F,
        0x1160,
        0x180E,
        0x3164,
        0xFFA0,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0x09),
        0x0B,
        0x0C,
        *range(0x0E, 0x20),
        *range(0x7F, 0xA0),
    ]
)

# What people and exports write for "nothing".
_MISSING = frozenset(
    ["", "-", "--", "---", "—", "——", "/", "\\", "\\N", "N/A", "NA", "NULL", "NONE", "无", "暂无"]
)


def fold(text: str) -> str:
    """Half width, without invisible marks, each run of blanks one space, none at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if " " in text else text
    return " ".join(unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).split())


def one_line(text: str) -> str:
    """As it was written, but without invisible marks and with single blanks between words."""
    return " ".join(text.translate(_INVISIBLE).split())


def visible(text: str) -> str:
    """What somebody typed: no invisible marks, no blanks at the ends."""
    return text.translate(_INVISIBLE).strip()


def typed(text: str, limit: int) -> str:
    """What can be seen of it, no more than `limit`."""
    return visible(text)[:limit]


def key_of(text: str) -> int | None:
    """The key of a row out of an address or a form; None for what cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def is_missing(text: str) -> bool:
    """Whether a folded text stands for an empty cell."""
    return text.upper() in _MISSING
