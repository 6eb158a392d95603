"""An enterprise is found by what a clerk remembers of it: words, initials, pinyin, code."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core import search
from core.search import bigrams, condition, look_up, matching
from enterprises.models import Enterprise
from organizations.models import Area, AreaKind
from tests.builders import make_area, make_enterprise, make_organization

NAMES = [
    "江南县华达科技有限公司",
    "江南县达华茶业有限公司",
    "重庆长江五金商行",
    "（江南）ＡＢ科技合伙企业",
    "TCL王牌电器",
    "一百%满意服务部",
]


@pytest.fixture
def county(db: None) -> Area:
    committee = make_organization("中共江南县委两新工委")
    return make_area("江南县", committee=committee, kind=AreaKind.COUNTY, code="340899")


@pytest.fixture
def register(county: Area) -> list[Enterprise]:
    firms = [make_enterprise(name, county=county) for name in NAMES]
    Enterprise.objects.filter(pk=firms[0].pk).update(
        uscc="91340899MA0000058E", registration_number="340899000012345"
    )
    return firms


def found(text: str) -> set[str]:
    rows = set(matching(Enterprise.objects.all(), text).values_list("name", flat=True))
    shown = set(look_up(Enterprise.objects.all(), text).rows.values_list("name", flat=True))
    assert shown == rows
    return rows


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("  ", [0, 1, 2, 3, 4, 5]),
        # one character begins the name
        ("重", [2]),
        ("华", []),
        # two and more stand anywhere in it
        ("华达", [0]),
        ("达华", [1]),
        ("华达科", [0]),
        ("有限公司", [0, 1]),
        ("华达鼠", []),
        ("龘鑫", []),
        # several words are all demanded, in any order
        ("科技 江南", [0, 3]),
        ("茶业　有限公司", [1]),
        ("茶业 科技", []),
        # marks and width do not matter
        ("(江南)ab科技", [3]),
        ("江南ＡＢ", []),
        ("AB科技", [3]),
        # initials: two letters begin, three occur; both readings of a place are settled
        ("cq", [2]),
        ("hd", []),
        ("hdkj", [0]),
        ("CQCJ", [2]),
        ("tcl", [4]),
        # full pinyin
        ("huada", [0]),
        ("chongqing", [2]),
        ("changjiangwujin", [2]),
        ("kejiyou", [0]),
        # codes: six and more characters, the whole code, the registration number
        ("MA0000058", [0]),
        ("91340899ma0000058e", [0]),
        ("340899000012345", [0]),
        ("3408990000123", []),
        # wildcards mean nothing
        ("%", []),
        ("_", []),
        ("\\", []),
        ("一百%满意", [5]),
        ("一%意", []),
        ("(a+)+$", []),
    ],
)
def test_a_text_finds_these_enterprises_and_no_others(text: str, numbers: list[int]) -> None:
    assert found(text) == {NAMES[number] for number in numbers}


@pytest.mark.usefixtures("register")
def test_a_filter_before_the_search_still_holds() -> None:
    others = Enterprise.objects.exclude(name=NAMES[0])
    names = look_up(others, "江南").rows.values_list("name", flat=True)
    assert set(names) == {NAMES[1], NAMES[3]}


@pytest.mark.usefixtures("register")
def test_a_small_table_is_shown_in_full_beyond_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CAP", 1)
    shown = look_up(Enterprise.objects.all(), "有限公司")
    assert shown.rows.count() == 2
    assert not shown.is_cut


@pytest.mark.usefixtures("register")
def test_a_large_table_shows_a_part_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CAP", 1)
    monkeypatch.setattr(search, "SMALL_TABLE", -2)
    shown = look_up(Enterprise.objects.all(), "有限公司")
    assert shown.rows.count() == 1
    assert shown.is_cut
    assert matching(Enterprise.objects.all(), "有限公司").count() == 2


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("text", ["华达", "华达科", "hdkj", "91340899MA0000058E", "龘鑫"])
def test_a_page_costs_two_queries_at_most(text: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        list(look_up(Enterprise.objects.all(), text).rows.order_by("pinyin", "pk")[:50])


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("华", "enterprises_name_trgm"),
        ("华达", "enterprises_bigrams"),
        ("华达科", "enterprises_name_trgm"),
        ("ab科技", "enterprises_bigrams"),
        ("hdkj", "enterprises_initials_trgm"),
        ("MA0000058", "enterprises_uscc_trgm"),
        ("91340899MA0000058E", "enterprises_enterprise_uscc"),
    ],
)
def test_every_kind_of_text_has_an_index_that_serves_it(text: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = matching(Enterprise.objects.all(), text).order_by().values("pk").explain()
    assert index in plan
    assert "Index Cond" in plan


@given(st.text())
def test_every_text_makes_a_condition(text: str) -> None:
    assert condition(text) is not None


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2))
def test_every_part_of_a_name_has_its_pairs_among_those_of_the_name(name: str) -> None:
    for start in range(len(name) - 1):
        assert set(bigrams(name[start : start + 3])) <= set(bigrams(name))


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("华达", ["华达"]),
        ("华", []),
        ("（华）达ab", ["达A", "AB"]),
        ("华达华达", ["华达", "达华"]),
        ('"\\,', []),
    ],
)
def test_pairs_are_of_letters_only(text: str, pairs: list[str]) -> None:
    assert bigrams(text) == pairs
