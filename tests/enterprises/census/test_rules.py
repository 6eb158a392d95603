"""The kind of a unit and the guess of its control, from type, code and name."""

import pytest

from enterprises.models import Ownership, UnitKind
from enterprises.rules import TYPE_CODES, judge, rule_of_type

PUBLIC = ["1110", "1140", "1213", "1223", "3100", "3200", "4110", "4310", "4320", "4410"]
PRIVATE = ["1130", "1151", "1152", "1212", "1222", "4500", "4530", "4533", "4540"]
UNDECIDED = ["1100", "1120", "1150", "1153", "1190", "1200", "1219", "1229", "3300", "3400"]
UNDECIDED += ["3500", "5110", "5120", "5210", "6110", "6120", "6210"]
BRANCHES = ["2110", "2210", "4310", "4320", "4551", "4560", "5810", "6810", "7100"]


def of(
    enterprise_type: str, *, uscc: str = "91", name: str = "东岭茶业有限公司"
) -> tuple[str, str]:
    found = judge(uscc=uscc, enterprise_type=enterprise_type, name=name)
    return found.unit_kind.value, found.ownership.value


@pytest.mark.parametrize("code", PUBLIC)
def test_types_that_say_public(code: str) -> None:
    assert of(code)[1] == Ownership.PUBLIC


@pytest.mark.parametrize("code", PRIVATE)
def test_types_that_say_private(code: str) -> None:
    assert of(code) == (UnitKind.ENTERPRISE, Ownership.PRIVATE)


@pytest.mark.parametrize("code", UNDECIDED)
def test_types_that_leave_control_open_wait_for_an_officer(code: str) -> None:
    assert of(code) == (UnitKind.ENTERPRISE, Ownership.UNKNOWN)


@pytest.mark.parametrize("code", ["5130", "5140", "5150", "5160", "5230", "5240", "5410"])
def test_types_of_foreign_control(code: str) -> None:
    assert of(code)[1] == Ownership.FOREIGN


@pytest.mark.parametrize("code", ["6130", "6150", "6170", "6230", "6260", "6410"])
def test_types_of_control_from_hong_kong_macau_and_taiwan(code: str) -> None:
    assert of(code)[1] == Ownership.HMT


@pytest.mark.parametrize("code", BRANCHES)
def test_types_of_units_that_are_no_legal_persons(code: str) -> None:
    assert of(code)[0] == UnitKind.BRANCH


@pytest.mark.parametrize(
    ("words", "kind", "ownership"),
    [
        ("有限责任公司(自然人投资或控股)", "enterprise", "private"),
        ("有限责任公司(自然人独资)", "enterprise", "private"),
        ("有限责任公司（非自然人投资或控股的法人独资）", "enterprise", "unknown"),
        ("有限责任公司 国有企业", "enterprise", "public"),
        ("有限责任公司(国有独资)", "enterprise", "public"),
        ("有限责任公司", "enterprise", "unknown"),
        ("1130 有限责任公司(自然人投资或控股)", "enterprise", "private"),
        ("股份合作制", "enterprise", "unknown"),
        ("集体所有制", "enterprise", "public"),
        ("集体经营单位(非法人)", "other", "public"),
        ("个人独资企业", "enterprise", "private"),
        ("普通合伙", "enterprise", "private"),
        ("有限责任公司 外商投资企业", "enterprise", "foreign"),
        ("有限责任公司(台港澳法人独资)", "enterprise", "hmt"),
        ("有限责任公司分公司(自然人投资或控股)", "branch", "unknown"),
        ("农民专业合作社", "cooperative", "unknown"),
        ("个体工商户", "individual", "private"),
    ],
)
def test_types_in_words(words: str, kind: str, ownership: str) -> None:
    assert of(words) == (kind, ownership)


def test_a_date_is_no_type() -> None:
    assert rule_of_type("2019-03-05") is None
    assert rule_of_type("2019年") is None


@pytest.mark.parametrize(
    ("uscc", "kind"),
    [("92", "individual"), ("93", "cooperative"), ("91", "enterprise"), ("52", "other")],
)
def test_the_code_says_what_kind_of_unit_it_is(uscc: str, kind: str) -> None:
    assert of("", uscc=uscc)[0] == kind


@pytest.mark.parametrize(
    "name",
    [
        "江南茶业有限公司东岭分公司",
        "江南农业银行股份有限公司东岭支行",
        "江南食品公司洪镇食品站",
        "江南供销公司第二门市部",
    ],
)
def test_names_of_branches(name: str) -> None:
    assert of("", name=name)[0] == UnitKind.BRANCH


@pytest.mark.parametrize("name", ["江南总公司", "江南电站设备有限公司", "东岭服务中心有限公司"])
def test_names_that_only_sound_like_branches(name: str) -> None:
    assert of("", name=name)[0] == UnitKind.ENTERPRISE


def test_every_reason_is_a_sentence_for_the_clerk() -> None:
    found = judge(uscc="91", enterprise_type="1190", name="东岭茶业有限公司")
    assert found.reason == "企业类型“1190”不能说明由谁控股"
    trader = judge(uscc="92", enterprise_type="", name="东岭茶摊")
    assert trader.reason == "代码 92 开头为个体工商户"


def test_every_type_has_its_official_wording() -> None:
    assert all(rule.label for rule in TYPE_CODES.values())
