"""What kind of unit a registration is and who probably controls it, from its type, code and name.

Codes are those of the registries' type list; the classes follow 国统字〔2005〕79号: control of the
paid-in capital decides, so a type that leaves control open is UNKNOWN and waits for an officer.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from enterprises.models.facts import Ownership, UnitKind


class TypeRule(NamedTuple):
    """What a type says; `label` is its official wording."""

    unit_kind: UnitKind
    ownership: Ownership
    label: str


_E, _B, _O = UnitKind.ENTERPRISE, UnitKind.BRANCH, UnitKind.OTHER
_PRIVATE, _PUBLIC, _UNKNOWN = Ownership.PRIVATE, Ownership.PUBLIC, Ownership.UNKNOWN
_FOREIGN, _HMT = Ownership.FOREIGN, Ownership.HMT

# Four-digit codes; a shorter key is a family that holds for every code it begins.
TYPE_CODES: dict[str, TypeRule] = {
    "11": TypeRule(_E, _UNKNOWN, "有限责任公司"),
    "1110": TypeRule(_E, _PUBLIC, "有限责任公司(国有独资)"),
    "1130": TypeRule(_E, _PRIVATE, "有限责任公司(自然人投资或控股)"),
    "1140": TypeRule(_E, _PUBLIC, "有限责任公司(国有控股)"),
    "1151": TypeRule(_E, _PRIVATE, "有限责任公司(自然人独资)"),
    "1152": TypeRule(_E, _PRIVATE, "有限责任公司(自然人投资或控股的法人独资)"),
    "1153": TypeRule(_E, _UNKNOWN, "有限责任公司(非自然人投资或控股的法人独资)"),
    "12": TypeRule(_E, _UNKNOWN, "股份有限公司"),
    "1212": TypeRule(_E, _PRIVATE, "股份有限公司(上市、自然人投资或控股)"),
    "1213": TypeRule(_E, _PUBLIC, "股份有限公司(上市、国有控股)"),
    "1222": TypeRule(_E, _PRIVATE, "股份有限公司(非上市、自然人投资或控股)"),
    "1223": TypeRule(_E, _PUBLIC, "股份有限公司(非上市、国有控股)"),
    "21": TypeRule(_B, _UNKNOWN, "有限责任公司分支机构"),
    "22": TypeRule(_B, _UNKNOWN, "股份有限公司分支机构"),
    "3100": TypeRule(_E, _PUBLIC, "全民所有制"),
    "3200": TypeRule(_E, _PUBLIC, "集体所有制"),
    "3300": TypeRule(_E, _UNKNOWN, "股份制"),
    "3400": TypeRule(_E, _UNKNOWN, "股份合作制"),
    "3500": TypeRule(_E, _UNKNOWN, "联营"),
    "41": TypeRule(_O, _PUBLIC, "事业、社团营业单位"),
    "43": TypeRule(_B, _UNKNOWN, "企业分支机构(非法人)"),
    "4310": TypeRule(_B, _PUBLIC, "全民所有制分支机构(非法人)"),
    "4320": TypeRule(_B, _PUBLIC, "集体分支机构(非法人)"),
    "44": TypeRule(_O, _PUBLIC, "经营单位(非法人)"),
    "4500": TypeRule(_E, _PRIVATE, "非公司私营企业"),
    "453": TypeRule(_E, _PRIVATE, "合伙企业"),
    "4540": TypeRule(_E, _PRIVATE, "个人独资企业"),
    "455": TypeRule(_B, _PRIVATE, "合伙企业分支机构"),
    "4560": TypeRule(_B, _PRIVATE, "个人独资企业分支机构"),
    "51": TypeRule(_E, _UNKNOWN, "有限责任公司(中外合资、合作)"),
    "52": TypeRule(_E, _UNKNOWN, "股份有限公司(中外合资)"),
    **{
        code: TypeRule(_E, _FOREIGN, "外商投资企业")
        for code in ("5130", "5140", "5150", "5160", "5230", "5240", "54")
    },
    "53": TypeRule(_E, _UNKNOWN, "非公司外商投资企业"),
    "58": TypeRule(_B, _FOREIGN, "外商投资企业分支机构"),
    "61": TypeRule(_E, _UNKNOWN, "有限责任公司(港澳台与境内合资、合作)"),
    "62": TypeRule(_E, _UNKNOWN, "股份有限公司(港澳台与境内合资)"),
    **{
        code: TypeRule(_E, _HMT, "港澳台投资企业")
        for code in ("6130", "6140", "6150", "6160", "6170", "6230", "6240", "6250", "6260", "64")
    },
    "63": TypeRule(_E, _UNKNOWN, "非公司港澳台企业"),
    "68": TypeRule(_B, _HMT, "港澳台投资企业分支机构"),
    "7": TypeRule(_B, _FOREIGN, "外国(地区)企业分支机构、代表机构"),
    "91": TypeRule(UnitKind.COOPERATIVE, _UNKNOWN, "农民专业合作社"),
    "92": TypeRule(UnitKind.COOPERATIVE, _UNKNOWN, "农民专业合作社分支机构"),
    "95": TypeRule(UnitKind.INDIVIDUAL, _PRIVATE, "个体工商户"),
}

# Words of a type without code, most telling first: pattern, code of the rule.
_TYPE_WORDS = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"个体", "9500"),
        (r"合作社|合作联社", "9100"),
        (r"经营单位", "4400"),
        (r"(国有|全民).*(分支|非法人)", "4310"),
        (r"集体.*(分支|非法人)", "4320"),
        (r"个人独资.*分支", "4560"),
        (r"合伙.*分支", "4550"),
        (r"(港|澳|台).*(分公司|分支|办事处|代表)", "6800"),
        (r"(外商|外国|中外).*(分公司|分支|办事处|代表)", "5800"),
        (r"分公司|分支|非法人|办事处|代表处|代表机构|营业单位", "2100"),
        (r"国有独资", "1110"),
        (r"国有控股|国家控股", "1140"),
        (r"国有企业|全民所有制", "3100"),
        (r"股份合作", "3400"),
        (r"集体所有制|集体企业|集体控股", "3200"),
        (r"联营", "3500"),
        (r"(港|澳|台).*(合资|合作)", "6110"),
        (r"中外合资|中外合作", "5110"),
        (r"港澳台|台港澳|香港|澳门|台湾", "6130"),
        (r"外商|外国|外资", "5130"),
        (r"非自然人投资", "1153"),
        (r"自然人独资", "1151"),
        (r"自然人", "1130"),
        (r"个人独资", "4540"),
        (r"合伙", "4530"),
        (r"私营|民营", "4500"),
        (r"股份有限公司|股份公司", "1200"),
        (r"有限责任公司|有限公司", "1100"),
        (r"股份制", "3300"),
    )
)
_TYPE_CODE = re.compile(r"\D*([1-79]\d{3})\D*")  # no other digit in the text

_BRANCH_NAME = re.compile(
    r"(分公司|支公司|分行|支行|分理处|储蓄所|营业所|营业厅|营业部|支局|分店|分厂|分社|分部|分场"
    r"|办事处|代表处|邮政所|服务网点|加油加?气?站)$"
    r"|(?<!总)公司.{0,12}(站|店|所|处|点|门市|门市部|商场|市场|经营部|服务部|供销部|车队|厂|库|中心)$"
)
_PUBLIC_NAME = re.compile(r"国有|国营|供销合作社|供销社|粮食局|粮站|集体")


class Judgement(NamedTuple):
    """Kind and probable control of a unit, with the reason that a clerk reads."""

    unit_kind: UnitKind
    ownership: Ownership
    reason: str


@lru_cache(maxsize=4096)
def rule_of_type(text: str) -> TypeRule | None:
    """What a registered type says, given as code or in words; None if it says nothing we know."""
    found = _TYPE_CODE.fullmatch(text)
    if found and (rule := _by_code(found[1])):
        return rule
    return next((_by_code(code) for words, code in _TYPE_WORDS if words.search(text)), None)


def _by_code(code: str) -> TypeRule | None:
    return next((rule for length in (4, 3, 2, 1) if (rule := TYPE_CODES.get(code[:length]))), None)


def judge(*, uscc: str, enterprise_type: str, name: str) -> Judgement:
    """The unit kind and the ownership guess; an officer's own judgement stands above it."""
    is_branch = bool(_BRANCH_NAME.search(name))
    return _judged(uscc[:2], enterprise_type, is_branch, bool(_PUBLIC_NAME.search(name)))


@lru_cache(4096)
def _judged(
    kind_digits: str, enterprise_type: str, is_branch: bool, sounds_public: bool
) -> Judgement:
    rule = rule_of_type(enterprise_type) if enterprise_type else None
    kind, why = _unit_kind(kind_digits, is_branch, rule)
    if kind is UnitKind.INDIVIDUAL:
        return Judgement(kind, _PRIVATE, why.rstrip("；"))
    if rule and rule.ownership is not _UNKNOWN:
        return Judgement(kind, rule.ownership, f"{why}企业类型为“{enterprise_type}”"[:200])
    if sounds_public:
        return Judgement(kind, _PUBLIC, f"{why}按名称推定为公有，请认定")
    if rule:
        return Judgement(kind, _UNKNOWN, f"{why}企业类型“{enterprise_type}”不能说明由谁控股"[:200])
    return Judgement(kind, _UNKNOWN, f"{why}名单没有可用的企业类型")


def _unit_kind(kind_digits: str, is_branch: bool, rule: TypeRule | None) -> tuple[UnitKind, str]:
    """The code speaks first (GB 32100, second character), then the type, then the name."""
    if kind_digits == "92":
        return UnitKind.INDIVIDUAL, "代码 92 开头为个体工商户；"
    if kind_digits == "93":
        return UnitKind.COOPERATIVE, "代码 93 开头为农民专业合作社；"
    if kind_digits and kind_digits[0] != "9":
        return UnitKind.OTHER, "代码不是市场监管部门赋予的企业代码；"
    if rule and rule.unit_kind is not UnitKind.ENTERPRISE:
        return rule.unit_kind, ""
    if is_branch:
        return UnitKind.BRANCH, "名称为分支机构；"
    return UnitKind.ENTERPRISE, ""
