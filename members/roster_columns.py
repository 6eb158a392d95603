"""Columns of member lists: the header of the national list, then those of the 花名册 beyond it."""

from core.columns import Column, Format, Vocabulary
from members import codes

YES = (("yes", "是"), ("no", "否"))
ON_POST = (("yes", "在岗"), ("no", "不在岗"))

# 全国党员管理信息系统 exports these 25, in this order; "是否农民工" comes with a blank behind it.
NATIONAL = (
    Column("姓名", "name", width=10, required=True, synonyms=("党员姓名",)),
    Column(
        "身份证号码",
        "citizen_id",
        width=22,
        format=Format.CODE,
        synonyms=("身份证号", "公民身份号码", "身份证"),
        help="已登记的以星号遮挡；星号和空白都不改动原值",
    ),
    Column("性别", "sex", width=6),
    Column("民族", "ethnicity", width=8),
    Column("籍贯", "native_place", width=12),
    Column("是否台湾省籍", "is_taiwanese", width=8, format=Format.YES_NO),
    Column("出生日期", "born_on", width=12, format=Format.DAY, synonyms=("出生年月", "出生年月日")),
    Column("学历", "education", width=12, synonyms=("文化程度",)),
    Column("人员类别", "category", width=10, synonyms=("正式/预备", "党员类别", "正式预备")),
    Column(
        "所在党组织",
        "home",
        width=24,
        synonyms=("所在党支部", "党支部", "所在组织", "党组织代码"),
        help="党支部的全称或代码；只管一个支部的可不填",
    ),
    Column(
        "入党时间",
        "accepted_on",
        width=12,
        format=Format.DAY,
        required=True,
        synonyms=("加入党组织日期", "入党日期", "加入党组织时间"),
    ),
    Column(
        "转正时间",
        "confirmed_on",
        width=12,
        format=Format.DAY,
        synonyms=("转正日期", "转为正式党员日期"),
    ),
    Column("工作岗位", "job_class", width=14),
    Column(
        "参加工作日期", "started_work_on", width=12, format=Format.DAY, synonyms=("参加工作时间",)
    ),
    Column("家庭住址", "home_address", width=24, synonyms=("现居住地", "家庭地址")),
    Column(
        "联系电话",
        "phone",
        width=16,
        format=Format.CODE,
        synonyms=("手机", "手机号码", "电话"),
        help="已登记的以星号遮挡；星号和空白都不改动原值",
    ),
    Column("婚姻状况", "marital_status", width=8),
    Column("党员档案所在单位", "archive_unit", width=20, synonyms=("档案管理单位",)),
    Column("技术职称", "title", width=12, synonyms=("职称", "专业技术职务")),
    Column("新社会阶层类型", "new_stratum", width=20),
    Column("一线情况", "front_line", width=10, help="“是”按生产经营一线职工登记"),
    Column("培训情况", "training", width=10, help="由教育培训记录得出，导入时不用"),
    Column("是否农民工", "is_migrant_worker", width=8, format=Format.YES_NO),
    Column("是否失联党员", "is_lost", width=8, help="由失联登记得出，导入时不用"),
    Column("信息完整度(%)", "completeness", width=8, help="由系统得出，导入时不用"),
)
FURTHER = (
    Column("毕业院校", "school", width=20),
    Column("所在单位", "unit", width=24, synonyms=("从业企业", "工作单位")),
    Column("所在部门", "department", width=12),
    Column("职务", "post", width=12),
    Column("在岗情况", "on_post", width=8),
    Column("生活困难", "is_in_hardship", width=8, format=Format.YES_NO),
    Column(
        "转入日期",
        "entry_on",
        width=12,
        format=Format.DAY,
        synonyms=("转入时间", "组织关系转入日期"),
        help="不填按导入当日；导入前就在本支部的，填实际转入日期",
    ),
    Column("备注", "remark", width=20),
)
# Where the unit of a sheet is none of our enterprises; no column of its own.
POSITION = Column("工作单位及职务", "position")
MEMBERS = Vocabulary(*NATIONAL, *FURTHER)
CHOICES = {
    "sex": codes.Sex.choices,
    "ethnicity": codes.Ethnicity.choices,
    "is_taiwanese": YES,
    "education": codes.Education.choices,
    "category": codes.Category.choices,
    "job_class": codes.JobClass.choices,
    "marital_status": codes.MaritalStatus.choices,
    "new_stratum": codes.NewStratum.choices,
    "is_migrant_worker": YES,
    "is_in_hardship": YES,
    "on_post": ON_POST,
}
# How other lists write the same words.
ALIASES = {
    "education": {
        "博士": "postgraduate",
        "博士研究生": "postgraduate",
        "硕士": "postgraduate",
        "硕士研究生": "postgraduate",
        "本科": "bachelor",
        "大专": "college",
        "专科": "college",
        "高职": "college",
        "中等专科": "secondary",
        "技校": "technical",
        "初中": "junior",
        "小学": "junior",
    },
    "category": {"正式": "full", "预备": "probationary"},
    "job_class": {
        "企业管理人员": "manager",
        "企业专业技术人员": "professional",
        "一线": "front_line",
        "一线职工": "front_line",
        "离退休": "retired",
    },
    "marital_status": {"有配偶": "married", "初婚": "married", "再婚": "married"},
}
