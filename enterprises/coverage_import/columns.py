"""The two kinds of file that tell who covers whom, and the words they use."""

from core.columns import Column, Format, Vocabulary
from core.text import fold, is_missing
from enterprises.census import parsing
from enterprises.models import FormationMode
from organizations.models import OrganizationKind


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SHORT = Vocabulary(
    Column(
        "统一社会信用代码",
        "uscc",
        parsing.parse_uscc,
        width=21,
        format=Format.CODE,
        synonyms=_words("企业代码 信用代码 社会信用代码 统一信用代码 企业信用代码 代码 USCC"),
    ),
    Column(
        "企业名称",
        "name",
        parsing.parse_name,
        width=32,
        synonyms=_words("单位名称 名称 企业 公司名称 覆盖企业"),
    ),
    Column(
        "党组织名称",
        "organization",
        parsing.limited(120),
        width=36,
        required=True,
        synonyms=_words("党组织 党组织全称 所属党组织 覆盖党组织 支部名称 党支部名称 党支部"),
    ),
    Column(
        "组建形式",
        "mode",
        width=12,
        required=True,
        synonyms=_words("组建方式 覆盖方式 覆盖形式 组建类型 建立形式 形式 方式"),
    ),
    Column(
        "起始日期",
        "since",
        parsing.parse_day,
        width=12,
        format=Format.DAY,
        synonyms=_words("覆盖起始日期 起始时间 开始日期 覆盖日期 覆盖时间 自 组建时间 组建日期"),
    ),
    Column(
        "党组织类别",
        "kind",
        width=12,
        synonyms=_words("类别 组织类别 党组织类型 组织类型"),
    ),
    Column(
        "党组织成立日期",
        "established_on",
        parsing.parse_day,
        width=12,
        format=Format.DAY,
        synonyms=_words("党组织成立时间 成立日期 成立时间"),
    ),
    Column(
        "书记姓名",
        "secretary",
        parsing.limited(60),
        width=10,
        synonyms=_words("书记 党组织书记 支部书记 党组织书记姓名"),
    ),
    Column(
        "党组织代码",
        "organization_code",
        parsing.limited(32),
        width=16,
        format=Format.CODE,
        synonyms=_words("组织代码 党组织编码"),
    ),
    Column("序号", "serial", synonyms=("编号", "NO", "NO.")),
)
# What the blank template offers, in its order.
TEMPLATE = ("uscc", "name", "organization", "kind", "mode", "since", "established_on", "secretary")

_MODES = (
    ("单独", FormationMode.SINGLE),
    ("独立", FormationMode.SINGLE),
    ("联合", FormationMode.JOINT),
    ("依托", FormationMode.HOSTED),
    ("挂靠", FormationMode.ATTACHED),
    ("网格", FormationMode.GRID),
)
# The longer word first: 党总支 and 联合党支部 also end like others.
_KINDS = (
    ("联合", OrganizationKind.JOINT_BRANCH),
    ("总支", OrganizationKind.GENERAL_BRANCH),
    ("支部", OrganizationKind.BRANCH),
    ("工委", OrganizationKind.WORK_COMMITTEE),
    ("工作委员会", OrganizationKind.WORK_COMMITTEE),
    ("党委", OrganizationKind.COMMITTEE),
    ("委员会", OrganizationKind.COMMITTEE),
)


def mode_of(text: str) -> str:
    """The mode that a word means, "" for a word that means none; raises nothing."""
    folded = fold(text)
    if folded.lower() in FormationMode.values:
        return folded.lower()
    return next((mode.value for word, mode in _MODES if word in folded), "")


def kind_of(text: str) -> str:
    """The kind of organization that a word or a name speaks of, "" if none."""
    folded = fold(text)
    if is_missing(folded):
        return ""
    if folded.lower() in OrganizationKind.values:
        return folded.lower()
    return next((kind.value for word, kind in _KINDS if word in folded), "")
