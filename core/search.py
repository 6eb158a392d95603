"""Name look-up over a register: the one module that knows how the search index works.

A searched model has the columns `name` (GIN gin_trgm_ops), `bigrams` (GIN over the array that
`bigrams` makes of the name), `pinyin` and `initials` (both GIN gin_trgm_ops, `initials` with a
btree in collation "C" as well), `uscc` (GIN gin_trgm_ops) and `registration_number` (btree).
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup, Model, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from core.text import fold

CAP = 1_000
SMALL_TABLE = 100_000
MAX_WORDS = 6
LEAST_CODE, WHOLE_CODE = 6, 18
MOST_INITIALS = 5

# Marks never tell names apart, so words end at them; wildcards are marks like any other.
_WORDS = re.compile(r"[^\W_]+")
_CHINESE = re.compile(r"[^\W_a-zA-Z0-9]+").fullmatch
_LETTERS = re.compile(r"[A-Z]+").fullmatch
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Z]+").fullmatch
# Syllables begin with at most two consonants and hold a vowel; the last one may be unfinished.
_SYLLABLES = re.compile(r"(?:[B-DF-HJ-NP-TW-Z]{0,2}[AEIOUV]{1,3}(?:NG?|R)?)+[A-Z]{0,2}").fullmatch
_NO_INITIAL = frozenset("IUV")


def bigrams(text: str) -> list[str]:
    """Each pair of neighbouring letters of the text once, marks left out, in upper case."""
    pairs: dict[str, None] = {}
    for word in _words(text):
        pairs |= dict.fromkeys(map("".join, pairwise(word)))
    return list(pairs)


def _words(text: str) -> list[str]:
    return _WORDS.findall(fold(text).upper())


def condition(text: str) -> Q:
    """What each word of the text demands; all rows for a blank text, none for marks alone."""
    words = _words(text)
    if not words:
        return Q(pk__in=()) if text.strip() else Q()
    found, pairs = Q(), dict[str, None]()
    for word in words[:MAX_WORDS]:
        demand = _demand(word)
        if demand is None:
            pairs |= dict.fromkeys(bigrams(word))
        else:
            found &= demand
    return found & Q(bigrams__contains=list(pairs)) if pairs else found


def _demand(word: str) -> Q | None:
    """What one word demands of a row by an index of its own; None: its pairs of letters."""
    if _CODE(word) and len(word) >= LEAST_CODE:
        is_whole = len(word) == WHOLE_CODE
        return Q(uscc=word) if is_whole else Q(uscc__contains=word) | Q(registration_number=word)
    if _LETTERS(word):
        return _pinyin(word)
    if len(word) == 1:
        return Q(name__startswith=word)
    if _CHINESE(word) and len(word) >= 3:
        return Q(name__contains=word)
    return None


def _pinyin(word: str) -> Q:
    """Two letters begin the initials; three and more occur in the initials or the full pinyin."""
    typed = word.lower()
    if len(word) < 3:
        return Q(initials__startswith=typed)
    by_initials, by_full = Q(initials__contains=typed), Q(pinyin__contains=typed)
    if not _SYLLABLES(word):
        return by_initials
    is_full = len(word) > MOST_INITIALS or not _NO_INITIAL.isdisjoint(word)
    return by_full if is_full else by_initials | by_full


def matching(queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Every row that the text finds: for exports, bulk actions and figures."""
    return queryset.filter(condition(text))


@dataclass(frozen=True)
class Found:
    """Rows for a page; where `is_cut`, more rows match than the page will offer."""

    rows: QuerySet[Any]
    is_cut: bool = False


def look_up(queryset: QuerySet[Any], text: str) -> Found:
    """What a page shows for the text; apply it after all other filters.

    The keys are fetched first, without order: were the rows asked for in the order of the page,
    PostgreSQL would walk the index of that order and, for a word that it thinks common or that
    stands at its far end, read the whole table. Beyond CAP hits in a large table the page orders
    a part of them and asks for another word; a small table is shown in full.
    """
    if not _words(text):
        return Found(matching(queryset, text))
    hits = matching(queryset, text)
    # The name is asked for too, lest an index of pinyin and key be walked for its order after all.
    keys = [key for key, _ in hits.order_by().values_list("pk", "name")[: CAP + 1]]
    if len(keys) > CAP and _is_small(queryset):
        return Found(hits)
    rows = queryset.filter(_OneOf(F("pk"), keys[:CAP])) if keys else queryset.none()
    return Found(rows, is_cut=len(keys) > CAP)


class _OneOf(Lookup):
    """`lhs` is one of the keys, their number hidden: PostgreSQL expects few and sorts them.

    With a plain list it would rather walk the index of the page's order until it met fifty.
    """

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(ARRAY(SELECT unnest(%s)))", (*params, self.rhs)


def _is_small(queryset: QuerySet[Any]) -> bool:
    """By PostgreSQL's own estimate; a table never analysed counts as small."""
    model: type[Model] = queryset.model
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table]
        )
        return bool(cursor.fetchone()[0] < SMALL_TABLE)
