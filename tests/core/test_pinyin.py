"""Names are found by keyboard as people read them, places and surnames included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from core.pinyin import (
    MAX_FULL,
    MAX_INITIALS,
    MAX_PERSON,
    MAX_VARIANTS,
    keys,
    person_key,
    person_keys,
    search_key,
    surname_of,
)
from core.readings import POLYPHONES

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5))


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("重庆华达科技", "chongqinghuadakeji", "cqhdkj"),
        ("重型机械", "zhongxingjixie", "zxjx"),
        ("乐清电器", "yueqingdianqi", "yqdq"),
        ("单县朝阳旅行社", "shanxianchaoyanglvxingshe", "sxcylxs"),
        ("六安茶业", "luanchaye", "lacy"),
        ("某县长江五金商行", "mouxianchangjiangwujinshanghang", "mxcjwjsh"),
        ("东莞银行长江路支行", "dongguanyinhangchangjiangluzhihang", "dgyhcjlzh"),
        ("会计服务", "kuaijifuwu", "kjfw"),
        ("鑫淼", "xinmiao", "xm"),
        ("（中国）ＡＢ科技３号", "zhongguoabkeji3hao", "zgabkj3h"),
        ("A&B 公司", "abgongsi", "abgs"),
        ("", "", ""),
    ],
)
def test_the_words_around_a_character_settle_its_reading(
    name: str, full: str, initials: str
) -> None:
    assert keys(name) == (full, initials)


def test_what_words_do_not_settle_keeps_both_readings() -> None:
    assert keys("曾记餐饮") == ("zengjicanyin cengjicanyin", "zjcy cjcy")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("曾庆", "zengqing zq"),
        ("仇和", "qiuhe qh"),
        ("单福", "shanfu sf"),
        ("尉迟恭", "yuchigong ycg"),
        ("欧阳某", "ouyangmou oym"),
        ("张三", "zhangsan zs"),
        ("买买提·艾力", "maimaitiaili mmtal"),
        ("", ""),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, key: str) -> None:
    assert " ".join(filter(None, person_keys(name))) == key
    assert person_key(name).endswith(key)


def test_names_sort_by_the_surname_before_the_given_name() -> None:
    """陈 chen before 程 cheng, and one surname together, whatever follows it."""
    names = ["程斌峰", "胡勇涛", "陈辉", "单福", "尉迟恭", "谌安", "陈斌涛", "黄河", "John"]
    assert sorted(names, key=person_key) == [
        "谌安",
        "陈斌涛",
        "陈辉",
        "程斌峰",
        "胡勇涛",
        "黄河",
        "John",
        "单福",
        "尉迟恭",
    ]
    assert len(person_key("长" * 60)) <= MAX_PERSON


def test_the_key_of_a_unit_holds_full_pinyin_before_initials() -> None:
    assert search_key("绿地") == "lvdi ld"


@pytest.mark.parametrize(("name", "surname"), [("尉迟恭", "尉迟"), ("张三", "张"), ("", "")])
def test_compound_surnames_are_known(name: str, surname: str) -> None:
    assert surname_of(name) == surname


@given(CHINESE)
def test_an_unambiguous_name_reads_as_pypinyin_reads_it(text: str) -> None:
    # Words may change any reading there, so characters are compared one at a time.
    name = "".join(character for character in text if character not in POLYPHONES)
    heard = "".join("".join(lazy_pinyin(character, errors="ignore")) for character in name)
    assert keys(name)[0] == heard[:MAX_FULL]


@given(st.text() | CHINESE)
def test_keys_are_short_typed_letters_whatever_the_name(name: str) -> None:
    for full, initials in (keys(name), person_keys(name)):
        assert len(full) <= MAX_FULL
        assert len(initials) <= MAX_INITIALS
        assert set(full + initials) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
        assert len(full.split()) <= MAX_VARIANTS


@pytest.mark.parametrize("character", POLYPHONES)
def test_every_polyphone_of_the_table_has_typed_readings(character: str) -> None:
    assert all(reading.isascii() and reading.isalpha() for reading in POLYPHONES[character])
    assert len(character) == 1
