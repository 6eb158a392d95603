"""The rating schemes that the product brings: declared here, put into the tables where missing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections

from organizations.models import RatingCriterion, RatingScheme

ALWAYS = date(2000, 1, 1)
SITE, ORGANIZATION = RatingScheme.Subject.SITE, RatingScheme.Subject.ORGANIZATION
NOT_SPELLED_OUT = "来源文件只提出名称，没有列明标准；请业务管理员按本地文件填写后启用"


@dataclass(frozen=True)
class Shipped:
    """A scheme; each of its criteria counts one point, for the sources weigh none of them."""

    key: str
    name: str
    subject: RatingScheme.Subject
    source: str
    note: str
    criteria: tuple[str, ...] = ()


SIX_HAVES = Shipped(
    "six_haves",
    "六有",
    SITE,
    "县级非公企业党建工作报告提出的党组织活动阵地“六有”要求",
    "六项全部具备为达标",
    (
        "有标准的活动室",
        "有健全的制度",
        "有完备的台账",
        "有专用的电教设备",
        "有适合企业特点的活动载体",
        "有固定的负责人办公场所",
    ),
)
DOUBLE_STRONG = Shipped(
    "double_strong",
    "双强六好",
    ORGANIZATION,
    "中办发〔2012〕11号：党建强、发展强和六好",
    "来源文件没有规定分值，八项各计1分；可按本地办法另立新版",
    (
        "党建强",
        "发展强",
        "生产经营好",
        "企业文化好",
        "劳动关系好",
        "党组织班子好",
        "党员队伍好",
        "社会评价好",
    ),
)
FIVE_GOODS = Shipped(
    "five_goods", "五个好", ORGANIZATION, "县级报告提出的创建活动", NOT_SPELLED_OUT
)
FIVE_TYPES = Shipped("five_types", "五型", ORGANIZATION, "县级会议提出的五型支部", NOT_SPELLED_OUT)
SHIPPED = (SIX_HAVES, DOUBLE_STRONG, FIVE_GOODS, FIVE_TYPES)


def ensure_shipped() -> int:
    """Add the schemes of which no version exists; returns how many were added."""
    known = set(RatingScheme.objects.values_list("key", flat=True))
    added = [shipped for shipped in SHIPPED if shipped.key not in known]
    for shipped in added:
        scheme = RatingScheme.objects.create(
            key=shipped.key,
            name=shipped.name,
            subject=shipped.subject,
            source=shipped.source,
            note=shipped.note,
            valid_from=ALWAYS,
        )
        RatingCriterion.objects.bulk_create(
            RatingCriterion(scheme=scheme, place=place, label=label)
            for place, label in enumerate(shipped.criteria, 1)
        )
    return len(added)


def after_migrate(*, using: str = "default", **_: Any) -> None:
    """Runs after each migration, as the owner; tables may still be missing when going back."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if RatingCriterion._meta.db_table in tables:
        ensure_shipped()
