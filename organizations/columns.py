"""The words of areas and organizations in sheets: headers, synonyms, choices."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.columns import Column, Format, Vocabulary
from organizations.models import AreaKind, OrganizationKind, OrganizationNature, ParkLevel

AREAS = Vocabulary(
    Column(
        "辖区编码",
        "code",
        width=14,
        required=True,
        format=Format.CODE,
        synonyms=("编码", "代码", "区划代码"),
    ),
    Column("辖区名称", "name", width=18, required=True, synonyms=("名称", "辖区")),
    Column("类别", "kind", width=12, required=True, synonyms=("辖区类别",)),
    Column("园区级别", "park_level", width=12),
    Column("所属辖区编码", "parent", width=14, format=Format.CODE, synonyms=("上级编码",)),
    Column(
        "责任党组织代码",
        "committee",
        width=18,
        required=True,
        format=Format.CODE,
        synonyms=("责任党组织", "党组织代码"),
    ),
    Column("排序号", "official_order", width=8, format=Format.WHOLE, synonyms=("顺序",)),
    Column("地址关键词", "keywords", width=30, help="用顿号或逗号隔开"),
)
ORGANIZATIONS = Vocabulary(
    Column("组织代码", "code", width=18, required=True, format=Format.CODE, synonyms=("代码",)),
    Column("党组织名称", "name", width=40, required=True, synonyms=("名称", "党组织")),
    Column("简称", "short_name", width=16),
    Column("类别", "kind", width=12, required=True, synonyms=("党组织类别",)),
    Column("性质", "nature", width=12),
    Column(
        "上级组织代码",
        "parent",
        width=18,
        required=True,
        format=Format.CODE,
        synonyms=("上级代码", "上级党组织代码"),
    ),
    Column("书记姓名", "secretary_name", width=12, synonyms=("书记",)),
    Column("成立日期", "established_on", width=12, format=Format.DAY, synonyms=("成立时间",)),
    Column("联系人", "contact_name", width=10),
    Column("联系电话", "phone", width=16, format=Format.CODE),
    Column("详细地址", "address", width=24),
    Column("传真", "fax", width=14, format=Format.CODE),
    Column("邮编", "postcode", width=8, format=Format.CODE),
    Column("所属社区", "community", width=14),
    Column("排序号", "official_order", width=8, format=Format.WHOLE, synonyms=("顺序",)),
    Column(
        "变动日期",
        "on",
        width=12,
        format=Format.DAY,
        synonyms=("生效日期",),
        help="更名、调整类别或隶属自何日起，不填为今天",
    ),
    Column(
        "批准文号",
        "document",
        width=20,
        synonyms=("文号",),
        help="更名、调整类别或隶属须填；不填时，名称和性质的修改视为更正",
    ),
)
CHOICES: Mapping[str, Mapping[str, Sequence[tuple[Any, Any]]]] = {
    "areas": {"kind": AreaKind.choices, "park_level": ParkLevel.choices},
    "organizations": {
        "kind": OrganizationKind.choices,
        "nature": OrganizationNature.choices,
    },
}
