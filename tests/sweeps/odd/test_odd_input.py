"""No address breaks whatever stands behind its question mark or in its form."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.sweeps.conftest import Browser
from tests.sweeps.matrix import MATRIX, present
from tests.sweeps.stage import Stage
from tests.sweeps.test_rules import list_page, reader
from tests.sweeps.test_scope import text

READ = sorted(name for name, row in MATRIX.items() if row.method == "GET")
WRITTEN = sorted(name for name, row in MATRIX.items() if not name.startswith("api:"))
ALWAYS = {"q", "page", "as_of"}
ODD = ["-1", "9" * 30, "2026-02-30", "长" * 1000]
BROKEN = ["%00", "%ED%A0%80%FF"]  # as they travel
ANSWERS = {200, 302, 400, 403, 404}


def parameters(page: str) -> set[str]:
    """What the forms for reading put behind the question mark."""
    forms = re.findall(r'<form[^>]*method="get".*?</form>', page, re.DOTALL)
    return ALWAYS | set(re.findall(r'name="(\w+)"', "".join(forms)))


@pytest.mark.parametrize("name", READ)
def test_no_value_breaks_a_page(stage: Stage, browser: Browser, name: str) -> None:
    client = browser(reader(MATRIX[name]))
    path = present(name, stage).url.partition("?")[0]
    names = sorted(parameters(text(client.get(path))))

    asked = [urlencode(dict.fromkeys(names, value)) for value in ODD]
    asked += ["&".join(f"{one}={value}" for one in names) for value in BROKEN]
    if list_page(path) is None:  # the filters of lists refuse each value by itself
        asked += [f"{one}=%00" for one in names]  # another value's refusal may hide one
    for query in asked:
        answer: Any = client.get(f"{path}?{query}")
        assert answer.status_code in ANSWERS, query[:200]
        text(answer)


FIELDS = ("pk", "reason", "one", "choice", "field", "name", "note", "kind", "code", "target", "on")


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("value", ["a\0b", "9" * 30])
def test_no_value_breaks_a_form(stage: Stage, browser: Browser, name: str, value: str) -> None:
    client = browser(reader(MATRIX[name]))
    what = present(name, stage)

    answer = client.post(what.url, dict.fromkeys([*FIELDS, *what.data], value))

    assert answer.status_code in ANSWERS | {204, 401, 405, 413}
