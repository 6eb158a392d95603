"""The register as it is read every day: coverage, search, list pages and a ledger at full size."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from accounts.models import ScopeGrant, User
from benchmarks.generate import SIZES
from benchmarks.meter import measured
from benchmarks.register import fill
from core.listing.paging import END
from core.pinyin import keys
from core.search import look_up
from enterprises.models import Enterprise
from organizations.models import Area, AreaKind
from reports.coverage import measure
from reports.ledgers import LEDGER
from reports.ledgers.issues import unit_of
from reports.ledgers.workbook import write

AS_OF = date(2026, 6, 30)
WORDS_EACH = 40
REPEATS = 3
NARROW = "bench_narrow"  # id and name alone: what a search table of its own would hold


def _fill(argument: str) -> Callable[[], Any]:
    def work() -> dict[str, int]:
        fill(SIZES[argument])
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {NARROW} AS SELECT id, name FROM enterprises_enterprise")
        _reader()
        return {"rows": Enterprise.objects.count()}

    return work


def _reader() -> User:
    """A clerk of the whole county, who sees every enterprise."""
    county = Area.objects.get(kind=AreaKind.COUNTY)
    user: User = User.objects.create(username="reader", must_change_password=False)
    ScopeGrant.objects.create(
        user=user, organization=county.committee, role="county_clerk", valid_from=date(2020, 1, 1)
    )
    return user


def coverage() -> dict[str, int]:
    """All indicators of every unit as of a past day."""
    found = measure(AS_OF)
    return {"units": len(found.units), "total": found.of("340822").total}


def sequential() -> dict[str, int]:
    """One pass over the whole register, counting by area: what any aggregate costs at least."""
    return {"rows": sum(row[1] for row in _ask(_SEQUENTIAL))}


_SEQUENTIAL = """
SELECT reporting_area_id, count(*), count(*) FILTER (WHERE operating_status = 'in_operation')
FROM enterprises_enterprise GROUP BY reporting_area_id
"""


def ledger(key: str) -> dict[str, Any]:
    unit = unit_of(Area.objects.get(kind=AreaKind.COUNTY), AS_OF)
    with tempfile.TemporaryDirectory() as folder:
        return {"rows": write(LEDGER[key], unit, AS_OF, Path(folder) / "ledger.xlsx").rows}


def _ask(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


# Search ---------------------------------------------------------------------------------------


def search() -> dict[str, Any]:
    """Database seconds of the first page by kind of word, as shares of one pass over the names."""
    _ask("SET max_parallel_workers_per_gather = 0")
    never = f"SELECT count(*) FROM {NARROW} WHERE name LIKE '%无此字号%'"
    scan = median(_seconds(partial(_ask, never)) for _ in range(7))
    shares = {}
    for kind, words in _words().items():
        spent = sorted(
            min(_seconds(partial(_first_page, word)) for _ in range(REPEATS)) / scan
            for word in words
        )
        shares[kind] = {
            "median": round(median(spent), 3),
            "p95": round(spent[int(0.95 * (len(spent) - 1))], 3),
            "worst": round(spent[-1], 3),
        }
    return {"scan_ms": round(scan * 1000, 1), "shares": shares}


def _first_page(word: str) -> None:
    found = look_up(Enterprise.objects.all(), word)
    list(found.rows.order_by("pinyin", "pk")[:51])
    found.rows.order_by().values("pk")[:10_001].count()


def _words() -> dict[str, list[str]]:
    """Words that occur, taken from the register itself, and words that do not."""
    random = Random(3)
    rows = _ask(
        "SELECT name, initials, uscc FROM enterprises_enterprise"
        " WHERE id % 997 = 5 ORDER BY id LIMIT 2000"
    )
    random.shuffle(rows)
    names = [name for name, _, _ in rows if "（" not in name]

    def parts(length: int) -> list[str]:
        places = ((name, random.randrange(len(name) - length + 1)) for name in names)
        return [name[at : at + length] for name, at in places][:WORDS_EACH]

    return {
        **{f"{length} characters": parts(length) for length in (2, 3, 4)},
        "two words": [f"{one} {two}" for one, two in pairwise(parts(2))],
        "initials": [initials.split()[0][1:6] for _, initials, _ in rows[:WORDS_EACH]],
        "full pinyin": [keys(word)[0].split()[0] for word in parts(3)],
        "code": [code for _, _, code in rows[:WORDS_EACH]],
        "no hit": ["龘龘", "魑魅魍", "无此字号", "zzqxzq", "91999999X9"],
    }


def _seconds(work: Callable[[], Any]) -> float:
    """Time spent in statements alone."""
    spent = 0.0

    def timed(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        nonlocal spent
        started = perf_counter()
        found = execute(sql, params, many, context)
        spent += perf_counter() - started
        return found

    with connection.execute_wrapper(timed):
        work()
    return spent


# List pages -----------------------------------------------------------------------------------


def pages() -> dict[str, Any]:
    """Whole answers of the list page, in milliseconds, and how many statements each needs."""
    with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        client = Client()
        client.force_login(User.objects.get(username="reader"), settings.AUTHENTICATION_BACKENDS[1])
        asked = {
            "first page": {},
            "last page by keyset": {"before": END},
            "2 characters": {"q": "科技"},
            "3 characters": {"q": "有限公"},
            "initials": {"q": "hnkj"},
            "no hit": {"q": "魑魅魍"},
        }
        found = {name: _page(client, params) for name, params in asked.items()}
        few, many = (_statements(client, {"per": per}) for per in ("20", "50"))
    first = found["first page"]["cpu_ms"]
    return {
        "pages": found,
        "keyset_share": round(found["last page by keyset"]["cpu_ms"] / first, 2),
        "statements": {"20 rows": few, "50 rows": many},
    }


def _page(client: Client, params: dict[str, str]) -> dict[str, float]:
    """`cpu_ms` is processor time of page and database together: what a quiet machine takes."""
    runs = [measured(partial(_get, client, params))[0] for _ in range(10)][1:]
    return {
        "wall_ms": round(median(run.wall for run in runs) * 1000, 1),
        "cpu_ms": round(median(run.cpu for run in runs) * 1000, 1),
        "worst_cpu_ms": round(max(run.cpu for run in runs) * 1000, 1),
    }


def _get(client: Client, params: dict[str, str]) -> None:
    answer = client.get("/enterprises/", params)
    if answer.status_code != 200:
        raise ValueError(f"{params}: {answer.status_code}")


def _statements(client: Client, params: dict[str, str]) -> int:
    with _counted() as statements:
        client.get("/enterprises/", params)
    return len(statements)


@contextmanager
def _counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {
    "fill": _fill,
    "coverage": lambda _: coverage,
    "sequential": lambda _: sequential,
    "ledger": lambda key: partial(ledger, key),
    "search": lambda _: search,
    "list": lambda _: pages,
}
