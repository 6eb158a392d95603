"""Latin keys of Chinese names: full pinyin and initials, for look-up by keyboard and for order.

Readings come from pypinyin's tables. A character with several readings is settled by the words
around it; where they do not settle it, the key holds every reading, the likeliest first.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, product

from core.readings import POLYPHONES, SURNAMES, WORDS, Readings

MAX_VARIANTS = 4
MAX_FULL = 600
MAX_INITIALS = 300
MAX_PERSON = 400
_ORDERED = 10  # characters of a name that decide its place
_LONGEST_WORD = 4
_AMBIGUOUS = frozenset(POLYPHONES)
_UMLAUTS = str.maketrans("üǖǘǚǜ", "vvvvv")


def _plain(reading: str) -> str:
    """A reading without its tone; lǜ becomes lv, as it is typed."""
    letters = unicodedata.normalize("NFD", reading.translate(_UMLAUTS))
    return "".join(letter for letter in letters if letter.isascii())


class _Table(dict[int, str]):
    """For str.translate: what has no reading is left out."""

    def __missing__(self, code: int) -> str:
        return ""


@cache
def _syllables() -> _Table:
    """Each character's likeliest syllable; letters and digits of either width are themselves."""
    from pypinyin.pinyin_dict import pinyin_dict  # a large table, loaded when first needed

    table = _Table((code, _plain(heard.split(",")[0])) for code, heard in pinyin_dict.items())
    for character, readings in POLYPHONES.items():
        table[ord(character)] = readings[0]
    for letter in filter(str.isalnum, map(chr, range(128))):
        table[ord(letter)] = table[ord(letter) + 0xFEE0] = letter.lower()
    return table


@cache
def _initials() -> _Table:
    return _Table((code, syllable[:1]) for code, syllable in _syllables().items())


@cache
def _words() -> Readings:
    """Readings of the words of up to four characters that settle a polyphone."""
    from pypinyin.phrases_dict import phrases_dict

    return {
        word: tuple(_plain(heard[0]) for heard in readings)
        for word, readings in phrases_dict.items()
        if len(word) <= _LONGEST_WORD and not _AMBIGUOUS.isdisjoint(word)
    }


def keys(name: str) -> tuple[str, str]:
    """Full pinyin and initials of a unit's name; several readings stand apart by a blank."""
    if _AMBIGUOUS.isdisjoint(name):
        full, initials = name.translate(_syllables()), name.translate(_initials())
        return full[:MAX_FULL], initials[:MAX_INITIALS]
    return _joined(_variants(name))


def person_keys(name: str) -> tuple[str, str]:
    """Full pinyin and initials of a person's name, the surname read as a surname."""
    surname = surname_of(name)
    if surname not in SURNAMES:
        return keys(name)
    given = name[len(surname) :]
    return _joined([*SURNAMES[surname], *syllables] for syllables in _variants(given))


def search_key(name: str) -> str:
    """Both keys in one text, which sorts by pinyin."""
    return " ".join(filter(None, keys(name)))


def person_key(name: str) -> str:
    """Order and both keys in one text: sorts by the surname's sound, then by the surname itself.

    Each syllable ends with a blank, before all letters, so that 陈 chen stands before 程 cheng;
    its character follows, so that one surname stands together.
    """
    pairs = zip(_first_reading(name), name[:_ORDERED], strict=False)
    order = "".join(f"{syllable} {character}" for syllable, character in pairs)
    return " ".join(filter(None, (order, *person_keys(name))))[:MAX_PERSON]


def _first_reading(name: str) -> tuple[str, ...]:
    """The likeliest syllable of each character, the surname read as a surname."""
    surname = surname_of(name)
    known = SURNAMES.get(surname, ())
    return (*known, *next(_variants(name[len(surname) :] if known else name), ()))


def surname_of(name: str) -> str:
    """The surname of a Chinese name: two characters where they are a known compound surname."""
    return name[:2] if name[:2] in SURNAMES else name[:1]


def _variants(text: str) -> Iterator[tuple[str, ...]]:
    """The ways to read a text, syllable by syllable, the likeliest first."""
    table = _syllables()
    readings = [
        _settled(text, place) if character in _AMBIGUOUS else (table[ord(character)],)
        for place, character in enumerate(text)
    ]
    return islice(product(*readings), MAX_VARIANTS)


def _settled(text: str, place: int) -> tuple[str, ...]:
    """The readings of a polyphone that the longest words around it allow, else all it has.

    Our own words count first, because the general list sees 县长 in 怀宁县长江商行.
    """
    for words in (WORDS, _words()):
        for size in range(_LONGEST_WORD, 1, -1):
            if found := _heard(words, text, place, size):
                return found
    return POLYPHONES[text[place]]


def _heard(words: Readings, text: str, place: int, size: int) -> tuple[str, ...]:
    """The readings of the character at `place` in the words of that size that hold it."""
    starts = range(max(0, place - size + 1), min(place, len(text) - size) + 1)
    found = {
        word[place - start]: None
        for start in starts
        if (word := words.get(text[start : start + size]))
    }
    return tuple(found)


def _joined(variants: Iterable[Iterable[str]]) -> tuple[str, str]:
    heard = [[syllable for syllable in syllables if syllable] for syllables in variants]
    full = dict.fromkeys("".join(syllables) for syllables in heard)
    initials = dict.fromkeys("".join(syllable[0] for syllable in syllables) for syllables in heard)
    return " ".join(full)[:MAX_FULL], " ".join(initials)[:MAX_INITIALS]
