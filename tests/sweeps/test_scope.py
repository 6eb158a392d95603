"""Every address × every part: who may open it, who finds the row, and what nobody may read.

The eastern township owns the rows. Its neighbour must get the answer of a row that never was,
and no page may hold a word of a unit outside the reader's scope.
"""

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from core.identifiers import check_citizen_id
from core.models import AuditEntry
from tests.sweeps.conftest import Browser
from tests.sweeps.matrix import MATRIX, Call, absent, present, routes
from tests.sweeps.row import (
    ABOVE,
    AUDIT,
    EVERYBODY,
    GUIDE,
    OUTSIDER,
    OWN,
    SECRETARY,
    SECURITY,
    SIBLING,
    SUPERIOR,
    SYSTEM,
    Row,
)
from tests.sweeps.stage import Stage
from tests.world import ABROAD, EAST, PARK, WEST

WORDS = frozenset({EAST, WEST, PARK, ABROAD})
READS = {
    OWN: {EAST},
    SIBLING: {WEST},
    SUPERIOR: {EAST, WEST, PARK},
    OUTSIDER: {ABROAD},
    SECRETARY: {PARK},
    GUIDE: {WEST},
    SYSTEM: set(),
    SECURITY: set(),
    AUDIT: set(),
}
NAMES = sorted(MATRIX)
HOW = (
    'page("right") for a page without a row, thing("joint", "right") for one about a row of the'
    ' eastern township (see stage.py), method="POST" and data={…} for a post'
)


def call(client: Client, row: Row, what: Call) -> Any:
    return client.post(what.url, what.data) if row.method == "POST" else client.get(what.url)


def text(answer: Any) -> str:
    """Everything an answer carries: page, headers, and the parts inside a workbook."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace") + str(dict(answer.headers))


NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d{9}|\d{17}[\dXx])(?![0-9A-Za-z])")
# The clerk's own file, to be corrected and sent back: masked numbers would come as new ones.
SENT_BACK = {"enterprises:import_errors"}


def numbers(shown: str) -> list[str]:
    """Whole phone numbers and citizen numbers in a text."""
    found = NUMBER.findall(shown)
    return [one for one in found if len(one) == 11 or check_citizen_id(one.upper()).is_usable]


def test_every_address_has_a_row_in_the_matrix() -> None:
    missing, gone = set(routes()) - set(MATRIX), set(MATRIX) - set(routes())
    assert not missing, f"say in tests/sweeps/rows who may open {sorted(missing)}: {HOW}"
    assert not gone, f"take {sorted(gone)} out of tests/sweeps/rows"


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_is_sent_to_sign_in(stage: Stage, name: str) -> None:
    row = MATRIX[name]

    answer = call(Client(), row, present(name, stage))

    if row.public:
        assert answer.status_code in row.answers
    elif name.startswith("api:"):
        assert answer.status_code == 401
    elif answer.status_code == 401:  # the sign-in page itself, with what was typed
        assert 'name="kept"' in answer.content.decode()
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login?")


@pytest.mark.parametrize("name", [name for name in NAMES if not MATRIX[name].public])
def test_each_part_gets_its_own_answer(stage: Stage, browser: Browser, name: str) -> None:
    for part in sorted(EVERYBODY):
        with transaction.atomic():
            gets_its_own_answer(stage, browser(part), name, part)
            transaction.set_rollback(True)


def gets_its_own_answer(stage: Stage, client: Client, name: str, part: str) -> None:
    row = MATRIX[name]
    written = AuditEntry.objects.count()

    answer = call(client, row, present(name, stage))

    if row.permission and not client.user.has_perm(row.permission):  # type: ignore[attr-defined]
        assert answer.status_code == 403, part
    elif part not in row.seen_by:
        assert answer.status_code == 404, part
        never = call(client, row, absent(name, stage))
        assert bare(answer) == bare(never), part
        assert AuditEntry.objects.count() == written, part
    else:
        assert answer.status_code in row.answers, part
    said = text(answer)
    if part == SUPERIOR and row.seen_by == ABOVE and is_readable(answer):
        # The sweep would notice a leak: this reader does find the word the neighbour must not.
        assert EAST in said
    if not row.speaks:
        assert [word for word in WORDS - READS[part] if word in said] == [], part
    if name not in SENT_BACK:
        assert numbers(said) == [], part


def is_readable(answer: Any) -> bool:
    return answer.status_code == 200 and not answer["Content-Type"].startswith("image/")


def bare(answer: Any) -> str:
    """An answer without the number of the request."""
    return re.sub(r"<code>[0-9a-f]{16}</code>", "", answer.content.decode())
