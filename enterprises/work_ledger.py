"""The columns of 非公企业党建工作台账: 62 and a serial number under three rows of header.

Both the printed ledger and the import of last year's ledger are made from them. A tick column is
one choice of a field; its name is `field:choice`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.columns import Column, Format, Group, Members, Vocabulary, leaves
from core.masking import Sensitive
from enterprises.census import parsing

TICK_WIDTH = 4.2  # two characters of a header side by side; 63 columns go on one sheet of A3


@dataclass(frozen=True)
class OneOf:
    """A fact of which at most one choice holds, printed as one tick column for each choice."""

    header: str
    field: str
    choices: tuple[tuple[str, str], ...]

    def group(self) -> Group:
        return Group(
            self.header,
            tuple(
                Column(label, f"{self.field}:{code}", width=TICK_WIDTH, format=Format.TICK)
                for code, label in self.choices
            ),
        )


def _text(header: str, field: str, width: float = 12, sensitive: str = "") -> Column:
    return Column(header, field, parsing.limited(120), width=width, sensitive=sensitive)


def _number(header: str, field: str, width: float = 5.5) -> Column:
    return Column(header, field, parsing.parse_count, width=width, format=Format.WHOLE)


def _yes_no(header: str, field: str) -> Column:
    return Column(header, field, parsing.parse_yes_no, width=TICK_WIDTH + 0.5, format=Format.YES_NO)


def _tick(header: str, field: str) -> Column:
    return Column(header, field, width=TICK_WIDTH, format=Format.TICK)


LOCATION = OneOf(
    "企业座落地", "location", (("park", "园区"), ("building", "楼宇"), ("other", "其他"))
)
OWNERSHIP = OneOf(
    "企业类型",
    "ownership",
    (
        ("private", "私营企业"),
        ("hmt", "港澳台商投资企业"),
        ("foreign", "外商投资企业"),
    ),
)
FORMATION = OneOf(
    "组建形式",
    "formation",
    (("single", "单独建立"), ("joint", "联合建立"), ("grid", "网格建立")),
)
KIND = OneOf(
    "类别",
    "organization_kind",
    (("branch", "党支部"), ("general_branch", "党总支"), ("committee", "党委")),
)
NO_ORGANIZATION_REASON = OneOf(
    "未建立党组织原因",
    "no_organization_reason",
    (
        ("no_members", "没有党员"),
        ("owner", "企业出资人不支持"),
        ("superior", "上级党组织未及时指导"),
        ("other", "其他原因"),
    ),
)
SECRETARY_SOURCE = OneOf(
    "来源",
    "secretary_source",
    (
        ("owner", "出资人"),
        ("manager", "中层管理人员"),
        ("sent", "上级选派"),
        ("other", "其他"),
    ),
)
CHOICES = (LOCATION, OWNERSHIP, FORMATION, KIND, NO_ORGANIZATION_REASON, SECRETARY_SOURCE)

SERIAL = Column("序号", "serial", width=4.5, format=Format.WHOLE)

MEMBERS: tuple[Column | Group, ...] = (
    _text("单位", "unit", 11),
    LOCATION.group(),
    _text("园区级别", "park_level", 6),
    _yes_no("是否为亿元楼宇", "is_billion_building"),
    _text("所在园区、商务楼宇名称", "park_name", 10),
    Group(
        "企业基本情况",
        (
            Column("企业名称", "name", parsing.parse_name, width=20, required=True),
            _text("企业注册地", "registered_address", 15),
            _text("企业经营地", "business_address", 15),
            _text("联系电话", "phone", 13, Sensitive.PHONE),
            OWNERSHIP.group(),
            Column("年营业收入(万元)", "annual_revenue", width=15, format=Format.AMOUNT),
            _number("从业人员数量(名)", "employee_count", 8.5),
            _yes_no("是否规模以上企业", "is_above_scale"),
        ),
    ),
    Group(
        "企业出资人情况",
        (
            _text("姓名", "owner_name", 7),
            _yes_no("是否是党员", "owner_is_member"),
            _yes_no("是否兼任党组织书记", "owner_is_secretary"),
            _yes_no("是否担任区县级以上“两代表一委员”", "owner_is_delegate"),
        ),
    ),
    Group(
        "党组织设置情况",
        (
            _yes_no("是否建立党组织", "is_formed"),
            Column("党组织成立时间", "formed_on", parsing.parse_day, width=11, format=Format.DAY),
            FORMATION.group(),
            KIND.group(),
            NO_ORGANIZATION_REASON.group(),
            _yes_no("未建党组织的是否选派党建工作指导员、联络员", "instructor_sent"),
        ),
    ),
    Group("党组织书记情况", (_text("姓名", "secretary_name", 7), SECRETARY_SOURCE.group())),
    Group(
        "党务工作者情况",
        (_number("人数", "party_workers"), _number("专职人数", "full_time_party_workers")),
    ),
    Group(
        "党员队伍建设情况",
        (
            _number("组织关系在非公企业的党员总数", "member_count", 7.5),
            _number("35岁以下", "members_under_35"),
            _number("中层管理人员", "member_managers"),
            _number("中高级专业技术人员", "member_technicians"),
            _number("生产经营一线职工", "member_workers"),
            _number("组织关系不在非公企业的党员总数", "members_elsewhere"),
            _number("农村党员数", "rural_members"),
            _number("近3年新发展", "developed_in_3_years"),
            _number("近3年处置不合格", "disposed_in_3_years"),
            _yes_no("是否每年轮训一遍", "trains_yearly"),
            _yes_no("是否按时足额主动交纳党费", "pays_dues"),
        ),
    ),
    Group(
        "群团组织设置情况",
        (_tick("工会", "union"), _tick("共青团", "youth_league"), _tick("妇联", "women")),
    ),
    Group(
        "基础保障情况",
        (
            _yes_no("单独活动场所", "has_own_site"),
            Column("使用面积", "site_area", width=11, format=Format.AMOUNT),
            _yes_no("经费是否纳入管理费年度预算", "has_budget"),
        ),
    ),
    Group(
        "落实相关制度情况",
        (
            _yes_no("三会一课", "holds_meetings"),
            _yes_no("民主评议党员", "holds_review"),
            _yes_no("党性分析", "holds_analysis"),
            _yes_no("按规定换届", "elects_on_time"),
        ),
    ),
)


def paths(
    members: Members, above: tuple[str, ...] = ()
) -> Iterable[tuple[tuple[str, ...], Column]]:
    """Each column with the headers above it and its own."""
    for member in members:
        if isinstance(member, Column):
            yield (*above, member.header), member
        else:
            yield from paths(member.members, (*above, member.header))


def _recognisable() -> Vocabulary:
    """The columns as an import knows them: by the whole path, because 姓名 and 其他 occur twice."""
    named = [
        Column(
            "".join(path),
            column.field,
            column.parse,
            required=column.required,
            format=column.format,
            synonyms=("".join(path[1:]),) if len(path) > 1 and _is_unique(column.header) else (),
        )
        for path, column in paths(MEMBERS)
    ]
    return Vocabulary(SERIAL, *named)


def _is_unique(header: str) -> bool:
    return sum(column.header == header for column in leaves(MEMBERS)) == 1


VOCABULARY = _recognisable()
