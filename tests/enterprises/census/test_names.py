"""When two names are spellings of one, and when they merely resemble each other."""

from hypothesis import given
from hypothesis import strategies as st

from enterprises.names import alike, core_of, name_key


def test_brackets_widths_and_blanks_make_no_difference() -> None:
    assert name_key("江南(集团) 茶业有限公司") == name_key("江南（集团）茶业有限公司")


def test_another_word_makes_a_difference() -> None:
    assert name_key("江南茶业有限公司") != name_key("江南茶叶有限公司")


def test_the_core_leaves_place_and_legal_form_out() -> None:
    assert core_of("江南县鑫达商贸有限责任公司", ["江南"]) == "鑫达商贸"
    assert core_of("鑫达商贸有限公司", ["江南"]) == "鑫达商贸"


def test_a_name_that_is_nothing_but_place_and_form_stays() -> None:
    assert core_of("江南", ["江南"]) == "江南"


def test_names_that_differ_in_the_place_alone_resemble_each_other() -> None:
    wanted = {1: core_of("江南县南鱼文化传媒有限公司", ["江南"])}
    known = {10: core_of("江南南鱼文化传媒有限公司", ["江南"]), 11: "东岭纺织"}
    assert list(alike(wanted, known)) == [(1, [10])]


def test_the_most_alike_comes_first() -> None:
    known = {10: "鑫达商贸城", 11: "鑫达商贸", 12: "宏远机械"}
    assert list(alike({1: "鑫达商贸"}, known)) == [(1, [11, 10])]


def test_unlike_names_are_left_alone() -> None:
    assert list(alike({1: "鑫达商贸"}, {10: "宏远机械"})) == []


def test_words_that_everybody_bears_say_nothing() -> None:
    known = dict(enumerate(["商贸"] * 200))
    assert list(alike({1: "商贸"}, known)) == []


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
