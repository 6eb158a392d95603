"""The words of the subject: every fact of an enterprise with its header, synonyms and parser."""

from core.columns import Authority, Column, Format, Vocabulary
from core.masking import Sensitive
from enterprises.census import amounts, parsing

_OFFICER = Authority.OFFICER


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


VOCABULARY = Vocabulary(
    Column(
        "企业名称",
        "name",
        parse=parsing.parse_name,
        width=32,
        required=True,
        synonyms=_words(
            "主体名称 单位名称 市场主体名称 经营主体名称 企业（机构）名称 名称 公司名称 "
            "字号名称 ENTNAME ZTMC"
        ),
    ),
    Column(
        "统一社会信用代码",
        "uscc",
        parse=parsing.parse_uscc,
        width=21,
        format=Format.CODE,
        synonyms=_words(
            "统一信用代码 社会信用代码 信用代码 税号 统一社会信用代码/注册号 "
            "统一社会信用代码或注册号 统一代码 UNISCID CREDITCODE TYSHXYDM"
        ),
    ),
    Column(
        "注册号",
        "registration_number",
        parse=parsing.parse_registration_number,
        width=18,
        format=Format.CODE,
        synonyms=_words("工商注册号 营业执照注册号 营业执照号 REGNO ZCH"),
    ),
    Column(
        "组织机构代码",
        "organization_code",
        parse=parsing.parse_organization_code,
        width=13,
        format=Format.CODE,
        synonyms=_words("机构代码 ZZJGDM"),
    ),
    Column(
        "企业类型",
        "enterprise_type",
        parse=parsing.parse_type,
        width=26,
        synonyms=_words("市场主体类型 主体类型 经营主体类型 登记注册类型 注册类型 类型 ENTTYPE LX"),
    ),
    Column(
        "法定代表人",
        "legal_representative",
        parse=parsing.limited(120),
        width=12,
        synonyms=_words(
            "法人 法人代表 法定代表人姓名 负责人 法定代表人/负责人 投资人 执行事务合伙人 "
            "经营者 经营者姓名 NAME LEREP FDDBR"
        ),
    ),
    Column(
        "注册资本(元)",
        "registered_capital",
        width=16,
        format=Format.AMOUNT,
        synonyms=_words(
            "注册资本 注册资金 注册资本(金) 出资额 资金数额 注册资本(万元) REGCAP ZCZB"
        ),
    ),
    Column(
        "币种",
        "capital_currency",
        parse=amounts.parse_currency,
        width=8,
        format=Format.CODE,
        synonyms=_words("注册资本币种 注册资本(金)币种 REGCAPCUR ZCZBBZ"),
    ),
    Column(
        "成立日期",
        "established_on",
        parse=parsing.parse_day,
        width=12,
        format=Format.DAY,
        synonyms=_words("注册日期 开业日期 成立时间 注册时间 登记日期 ESDATE CLRQ"),
    ),
    Column(
        "核准日期",
        "approved_on",
        parse=parsing.parse_day,
        width=12,
        format=Format.DAY,
        synonyms=_words("审核日期 发照日期 核准时间 APPRDATE"),
    ),
    Column(
        "住所",
        "registered_address",
        parse=parsing.limited(600),
        width=36,
        synonyms=_words(
            "地址 注册地址 企业注册地 企业住所 登记住所 经营场所 营业场所 企业地址 单位地址 "
            "住所（经营场所） DOM DZ"
        ),
    ),
    Column(
        "经营地址",
        "business_address",
        parse=parsing.limited(600),
        width=36,
        authority=_OFFICER,
        synonyms=_words("企业经营地 实际经营地址 生产经营地址 生产经营地 经营地 实际地址 办公地址"),
    ),
    Column(
        "登记机关",
        "registration_authority",
        parse=parsing.limited(120, repeats=True),
        width=24,
        synonyms=_words("管辖机关 属地监管所 管辖单位 所属监管所 监管所 REGORG"),
    ),
    Column(
        "登记状态",
        "operating_status",
        parse=parsing.parse_status,
        width=10,
        synonyms=_words("经营状态 企业状态 存续状态 状态 主体状态 ENTSTATUS JYZT"),
    ),
    Column(
        "行业代码",
        "industry_code",
        parse=parsing.limited(8, repeats=True),
        width=10,
        format=Format.CODE,
        synonyms=_words("行业小类代码 国民经济行业代码 INDUSTRYCOCODE HYDM"),
    ),
    Column(
        "行业",
        "industry",
        parse=parsing.limited(120, repeats=True),
        width=20,
        synonyms=_words("行业门类 所属行业 行业名称 国民经济行业 行业类别 INDUSTRYNAME"),
    ),
    Column(
        "经营范围",
        "business_scope",
        parse=parsing.limited(parsing.CELL_LIMIT),
        width=40,
        format=Format.LONG_TEXT,
        synonyms=_words("经营（业务）范围 业务范围 主营业务 OPSCOPE JYFW"),
    ),
    Column(
        "联系电话",
        "phone",
        parse=parsing.parse_phone,
        width=16,
        format=Format.CODE,
        sensitive=Sensitive.PHONE,
        authority=_OFFICER,
        synonyms=_words("电话 移动电话 手机 手机号码 联系方式 企业联系电话 TEL DH"),
    ),
    Column(
        "乡镇街道代码",
        "township_code",
        parse=parsing.limited(20, repeats=True),
        format=Format.CODE,
        synonyms=_words("镇街代码 乡镇代码 街道代码 所属乡镇代码 区划代码"),
    ),
    Column(
        "所属乡镇街道",
        "township",
        parse=parsing.limited(60, repeats=True),
        synonyms=_words("所属镇街 所属乡镇 乡镇 镇街 街道 乡镇(街道) 所在乡镇 属地"),
    ),
    Column(
        "所属园区",
        "park",
        parse=parsing.limited(60, repeats=True),
        synonyms=_words("园区 所在园区 园区名称 开发区 所在园区、商务楼宇名称"),
    ),
    Column(
        "从业人员数(人)",
        "employee_count",
        parse=parsing.parse_count,
        width=10,
        format=Format.WHOLE,
        authority=_OFFICER,
        synonyms=_words(
            "从业人数 从业人员 从业人员数 从业人员数量 从业人员数量(名) 职工人数 职工数 "
            "员工数 员工人数 人数 EMPNUM ZGRS"
        ),
    ),
    Column(
        "年营业收入(元)",
        "annual_revenue",
        width=16,
        format=Format.AMOUNT,
        authority=_OFFICER,
        synonyms=_words("年营业收入 营业收入 年营业收入(万元) 主营业务收入 年销售收入 年产值"),
    ),
    Column(
        "党员数(人)",
        "member_count",
        parse=parsing.parse_count,
        width=9,
        format=Format.WHOLE,
        authority=_OFFICER,
        synonyms=_words("党员人数 党员数 党员总数 党员(包括预备党员)人数"),
    ),
    Column(
        "正式党员数(人)",
        "full_member_count",
        parse=parsing.parse_count,
        width=9,
        format=Format.WHOLE,
        authority=_OFFICER,
        synonyms=_words("正式党员 正式党员数 正式党员人数"),
    ),
    Column(
        "规模以上(统计口径)",
        "is_statistical_scale",
        parse=parsing.parse_yes_no,
        width=10,
        format=Format.YES_NO,
        synonyms=_words(
            "是否规上 是否规模以上 是否规模以上企业 规模以上 规上企业 是否规上(统计局名录)"
        ),
    ),
    Column("序号", "serial", synonyms=("编号", "行号", "NO", "NO.")),
    Column("原表行号", "origin_row", help="错误表里的行号,导入时不采用"),
    Column(
        "错误原因", "fault_text", synonyms=_words("错误说明"), help="错误表里的说明,导入时不采用"
    ),
    # What no list brings: judged by an officer or derived.
    Column("控股情况", "ownership", width=14, authority=_OFFICER),
    Column("单位类别", "unit_kind", width=12, authority=_OFFICER),
    Column("统计辖区", "reporting_area", width=14, authority=_OFFICER),
    Column("其他登记信息", "extra", width=24),
)
