"""What may be wrong with a row: code, severity, the sentence a clerk reads and what to do."""

from dataclasses import dataclass
from enum import StrEnum

from enterprises.models.staging import Fault, Severity


class Code(StrEnum):
    NAME_MISSING = "name_missing"
    USCC_MISSING = "uscc_missing"
    USCC_CHECK_DIGIT = "uscc_check_digit"
    USCC_LENGTH = "uscc_length"
    USCC_CHARACTER = "uscc_character"
    USCC_SCIENTIFIC = "uscc_scientific"
    USCC_LOST_DIGITS = "uscc_lost_digits"
    USCC_IS_REGISTRATION_NUMBER = "uscc_is_registration_number"
    USCC_IS_ORGANISATION_CODE = "uscc_is_organisation_code"
    REGISTRATION_NUMBER_WRONG = "registration_number_wrong"
    ORGANISATION_CODE_WRONG = "organisation_code_wrong"
    DUPLICATE_ROW = "duplicate_row"
    DUPLICATE_NAME = "duplicate_name"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER_COUNTY = "other_county"
    IDENTITY_DOUBTFUL = "identity_doubtful"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_COARSE = "date_coarse"
    DATE_FUTURE = "date_future"
    NUMBER_UNREADABLE = "number_unreadable"
    NUMBER_BAND = "number_band"
    UNIT_GUESSED = "unit_guessed"
    CAPITAL_UNREADABLE = "capital_unreadable"
    CAPITAL_FOREIGN = "capital_foreign"
    STATUS_UNKNOWN = "status_unknown"
    TYPE_UNKNOWN = "type_unknown"
    PHONE_UNREADABLE = "phone_unreadable"
    TOO_LONG = "too_long"
    CELL_ERROR = "cell_error"
    FORMULA_EMPTY = "formula_empty"
    CONTROL_CHARACTERS = "control_characters"
    MERGED_CELL = "merged_cell"
    RAGGED_ROW = "ragged_row"
    BROKEN_QUOTE = "broken_quote"
    HIDDEN_ROW = "hidden_row"
    BRANCH = "branch"
    INDIVIDUAL = "individual"
    COOPERATIVE = "cooperative"
    OTHER_UNIT = "other_unit"
    PUBLIC = "public"
    ADDRESS_ELSEWHERE = "address_elsewhere"
    CODE_ELSEWHERE = "code_elsewhere"
    OUTSIDE_COUNTY = "outside_county"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True)
class IssueCode:
    """`label` names the kind in filters; `{value}` and `{other}` are filled from the issue."""

    code: Code
    severity: Severity
    label: str
    sentence: str
    remedy: str
    fatal: bool = False

    @property
    def fault(self) -> Fault:
        """What the issue makes of its row."""
        if self.severity is not Severity.ERROR:
            return Fault.NONE
        return Fault.FATAL if self.fatal else Fault.CONFIRMABLE


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE
_C = Code
_FIX_CODE = "请对照营业执照改正；确认无误的可在核对页确认后写入"
_AS_TEXT = "请从原系统重新导出，并把该列设为文本；确认后将不带代码写入"
_LIST = (
    IssueCode(_C.NAME_MISSING, _E, "缺企业名称", "没有企业名称", "请补填企业名称", fatal=True),
    IssueCode(_C.USCC_MISSING, _E, "缺统一社会信用代码", "没有统一社会信用代码", _FIX_CODE),
    IssueCode(
        _C.USCC_CHECK_DIGIT,
        _E,
        "代码校验码不符",
        "统一社会信用代码校验码不符，可能有一位写错",
        _FIX_CODE,
    ),
    IssueCode(_C.USCC_LENGTH, _E, "代码位数不对", "统一社会信用代码应为 18 位", _FIX_CODE),
    IssueCode(
        _C.USCC_CHARACTER,
        _E,
        "代码字符不对",
        "统一社会信用代码含有不应出现的字符(如 I、O、S、V、Z)",
        _FIX_CODE,
    ),
    IssueCode(
        _C.USCC_SCIENTIFIC,
        _E,
        "代码成科学计数法",
        "统一社会信用代码被存成科学计数法，后几位已丢失",
        _AS_TEXT,
    ),
    IssueCode(
        _C.USCC_LOST_DIGITS,
        _E,
        "代码末位丢失",
        "统一社会信用代码被存成数字，末 3 位已丢失",
        _AS_TEXT,
    ),
    IssueCode(
        _C.USCC_IS_REGISTRATION_NUMBER,
        _W,
        "代码栏填了注册号",
        "代码栏填的是注册号，已按注册号匹配",
        "请补填 18 位代码",
    ),
    IssueCode(
        _C.USCC_IS_ORGANISATION_CODE,
        _W,
        "代码栏填了机构代码",
        "代码栏填的是组织机构代码，已按其匹配",
        "请补填 18 位代码",
    ),
    IssueCode(
        _C.REGISTRATION_NUMBER_WRONG,
        _W,
        "注册号有误",
        "注册号位数或校验码不符，未采用",
        "请核对注册号",
    ),
    IssueCode(
        _C.ORGANISATION_CODE_WRONG,
        _W,
        "组织机构代码有误",
        "组织机构代码不符合规则，未采用",
        "请核对组织机构代码",
    ),
    IssueCode(
        _C.DUPLICATE_ROW,
        _E,
        "表内重复",
        "与第 {other} 行是同一企业，只采用第 {other} 行",
        "请删去多余的一行",
        fatal=True,
    ),
    IssueCode(
        _C.DUPLICATE_NAME,
        _W,
        "表内重名",
        "与第 {other} 行企业名称相同而代码不同",
        "请核对是否同一企业",
    ),
    IssueCode(
        _C.OUT_OF_SCOPE,
        _E,
        "不在管辖范围",
        "该企业不在您的管辖范围",
        "请删去该行，或由县级经办导入",
        fatal=True,
    ),
    IssueCode(
        _C.OTHER_COUNTY,
        _E,
        "已在他县名册",
        "该代码已在另一县的名册中",
        "请与对方县核实企业归属",
        fatal=True,
    ),
    IssueCode(
        _C.IDENTITY_DOUBTFUL,
        _W,
        "代码相同而企业不像",
        "代码相同但名称、住所、法定代表人均不同，请核对",
        "确是同一企业的选“采用本次”，代码填错的选“保留系统”并改正名单",
    ),
    IssueCode(
        _C.DATE_UNREADABLE,
        _E,
        "日期无法识别",
        "日期无法识别",
        "请写成 2026-03-05 的样子；确认后该项留空写入",
    ),
    IssueCode(
        _C.DATE_IMPOSSIBLE,
        _E,
        "日期不存在",
        "没有这一天或年份不合理",
        "请核对日期；确认后该项留空写入",
    ),
    IssueCode(
        _C.DATE_COARSE, _N, "日期不完整", "日期只写到年或月，按当年或当月首日记", "请补全日期"
    ),
    IssueCode(_C.DATE_FUTURE, _W, "日期晚于普查时点", "日期晚于普查时点", "请核对日期"),
    IssueCode(
        _C.NUMBER_UNREADABLE,
        _E,
        "数字无法识别",
        "不是数字，无法识别",
        "请只填数字；确认后该项留空写入",
    ),
    IssueCode(_C.NUMBER_BAND, _W, "填的是区间", "填的是区间而不是数字，该项不更新", "请填具体数字"),
    IssueCode(
        _C.UNIT_GUESSED, _N, "金额没写单位", "金额没写单位，按大小推定", "请在表头写明万元或元"
    ),
    IssueCode(
        _C.CAPITAL_UNREADABLE,
        _W,
        "注册资本无法识别",
        "注册资本无法识别，该项不更新",
        "请核对金额和单位",
    ),
    IssueCode(_C.CAPITAL_FOREIGN, _N, "外币注册资本", "注册资本为外币，按原币金额记录", "无须处理"),
    IssueCode(
        _C.STATUS_UNKNOWN,
        _W,
        "登记状态无法识别",
        "登记状态无法识别，该项不更新",
        "请写成存续、吊销、注销、迁出等",
    ),
    IssueCode(
        _C.TYPE_UNKNOWN, _W, "企业类型无法识别", "企业类型不在登记类型之内", "请核对是否填错列"
    ),
    IssueCode(
        _C.PHONE_UNREADABLE, _N, "电话有误", "电话号码不完整或有误，按原样保留", "请核对号码"
    ),
    IssueCode(_C.TOO_LONG, _E, "内容过长", "内容超过允许的长度", "请缩短内容；确认后该项留空写入"),
    IssueCode(_C.CELL_ERROR, _E, "公式错误值", "单元格是公式错误值", "请改正公式或粘贴为数值"),
    IssueCode(
        _C.FORMULA_EMPTY,
        _E,
        "公式没有结果",
        "公式没有计算结果",
        "请用 WPS 或 Excel 打开并保存后重新上传",
    ),
    IssueCode(_C.CONTROL_CHARACTERS, _N, "含控制字符", "含不可见控制字符，已去除", "请核对内容"),
    IssueCode(_C.MERGED_CELL, _N, "合并单元格", "内容取自上方的合并单元格", "请核对是否适用"),
    IssueCode(
        _C.RAGGED_ROW, _E, "列数不符", "列数与表头不一致，可能串列", "请检查多余或缺少的分隔符"
    ),
    IssueCode(_C.BROKEN_QUOTE, _E, "引号不成对", "引号不成对，可能串列", "请补全或删去双引号"),
    IssueCode(
        _C.HIDDEN_ROW, _N, "隐藏行", "该行在表中被隐藏或筛选掉，仍已读取", "请核对是否应导入"
    ),
    IssueCode(_C.BRANCH, _N, "分支机构", "是分支机构，不计入企业法人", "无须处理"),
    IssueCode(_C.INDIVIDUAL, _N, "个体工商户", "是个体工商户，另列名单", "无须处理"),
    IssueCode(_C.COOPERATIVE, _N, "农民专业合作社", "是农民专业合作社，另列名单", "无须处理"),
    IssueCode(_C.OTHER_UNIT, _N, "其他单位", "不是企业法人，另列名单", "无须处理"),
    IssueCode(_C.PUBLIC, _N, "推定公有控股", "推定为公有控股，不计入非公企业", "请在企业页认定"),
    IssueCode(
        _C.ADDRESS_ELSEWHERE,
        _N,
        "住所不在本县",
        "代码属本县而住所写的是外地，按代码归本县",
        "请核对住所",
    ),
    IssueCode(
        _C.CODE_ELSEWHERE,
        _N,
        "代码不属本县",
        "代码属外地而住所在本县，按住所归本县",
        "请核对是否迁入",
    ),
    IssueCode(
        _C.OUTSIDE_COUNTY,
        _W,
        "不在本县",
        "代码和住所均不在本县，建议不纳入",
        "如应纳入，请在核对页改为纳入",
    ),
    IssueCode(
        _C.UNCLAIMED, _N, "辖区待认领", "不能判断属于哪个乡镇或园区", "写入后在待认领名单中分派"
    ),
)
CODES: dict[str, IssueCode] = {issue.code: issue for issue in _LIST}


def sentence(code: str, *, value: str = "", other: int | None = None) -> str:
    """What is wrong, with the row it clashes with and the (masked) value."""
    text = CODES[code].sentence.format(other=other if other is not None else "")
    return f"{text}:{value}" if value else text
