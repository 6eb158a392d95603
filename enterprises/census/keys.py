"""Search keys of many names at once: pinyin, initials and pairs of characters, by COPY."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.db import connection

from core import pinyin
from core.search import bigrams

CHUNK = 10_000
_TABLE = """
CREATE TEMPORARY TABLE census_keys (
    row_id bigint PRIMARY KEY, pinyin text, initials text, bigrams varchar(4)[]
) ON COMMIT DROP
"""
_COPY = "COPY census_keys FROM STDIN (FORMAT csv, FORCE_NOT_NULL (pinyin, initials))"


def load_keys(query: str, params: Mapping[str, Any] | None = None) -> None:
    """Fill census_keys for the (id, name) rows of the query."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    with connection.cursor() as cursor, connection.chunked_cursor() as source:
        cursor.execute(_TABLE)
        source.execute(query, params)
        while chunk := source.fetchmany(CHUNK):
            writer.writerows(_line(row, name) for row, name in chunk)
            buffer.seek(0)
            cursor.copy_expert(_COPY, buffer)
            buffer.seek(0)
            buffer.truncate()


def _line(row: int, name: str) -> tuple[int, str, str, str]:
    full, initials = pinyin.keys(name)
    return row, full, initials, f"{{{','.join(bigrams(name))}}}"  # letters and digits alone
