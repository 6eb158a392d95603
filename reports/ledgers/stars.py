"""示范点与星级台账: organizations that bear a star, a rating or the name of a model point."""

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import ClassVar

from core.columns import Column, Format, Group, Members
from organizations.models import DemonstrationPoint, Rating
from organizations.site_facts import ratings_on
from reports.ledgers.base import Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

_COLUMNS: tuple[Column | Group, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("党组织名称", "name", width=26),
    Column("类别", "kind", width=10),
    Column("上级组织", "superior", width=18),
    Group(
        "评定",
        (
            Column("评定办法", "scheme", width=12),
            Column("年度", "year", width=7),
            Column("得分", "score", width=8, format=Format.AMOUNT),
            Column("星级", "stars", width=8),
            Column("评定日期", "confirmed_on", width=11, format=Format.DAY),
            Column("有效期至", "valid_to", width=11, format=Format.DAY),
        ),
    ),
    Group(
        "示范点",
        (
            Column("名称", "title", width=20),
            Column("级别", "level", width=9),
            Column("命名单位", "awarded_by", width=16),
            Column("命名文号", "document", width=16),
            Column("命名日期", "awarded_on", width=11, format=Format.DAY),
        ),
    ),
    Column("备注", "remark", width=14),
)
_GROUP = {
    column.field: member.header
    for member in _COLUMNS
    if isinstance(member, Group)
    for column in member.members
    if isinstance(column, Column)
}


class StarLedger(Ledger):
    key: ClassVar[str] = "stars"
    title: ClassVar[str] = "党组织示范点与星级台账"
    about: ClassVar[str] = "当日有效的评定、星级和示范点命名，每个党组织一行或多行"
    members: ClassVar[Members] = _COLUMNS

    def basis(self, as_of: date) -> str:
        return "范围：当日有效的评定和命名"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        found = OrganizationsOfDay(unit, as_of)
        keys = [one.pk for one in found.rows]
        ratings = ratings_on(as_of, keys)
        points: dict[int, list[DemonstrationPoint]] = {}
        for point in DemonstrationPoint.objects.as_of(as_of).filter(organization__in=keys):
            points.setdefault(point.organization_id, []).append(point)
        serial = starred = named = 0
        for one in found.rows:
            rated = sorted(ratings.get(one.pk, {}).values(), key=lambda row: row.scheme.name)
            starred += any(row.stars for row in rated)
            named += len(points.get(one.pk, ()))
            for rating, point in zip_longest(rated, points.get(one.pk, ())):
                serial += 1
                facts: dict[str, Value] = {
                    "serial": serial,
                    "name": one.name,
                    "kind": one.get_kind_display(),
                    "superior": str(found.superior(one) or ""),
                    **_rated(rating),
                    **_named(point),
                }
                yield Line(tuple(facts.get(column.field) for column in self.columns))
        total: dict[str, Value] = {
            "name": "合计",
            "stars": f"有星{starred}个",
            "title": f"{named}个",
        }
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            group = _GROUP.get(column.field)
            path = (group, column.header) if group else (column.header,)
            yield Note(column, path, group or "党组织(当日)", reported=False)


def _rated(rating: Rating | None) -> dict[str, Value]:
    if rating is None:
        return {}
    stars = "" if rating.stars is None else "★" * rating.stars or "无星"
    return {
        "scheme": rating.scheme.name,
        "year": str(rating.year),
        "score": rating.score,
        "stars": stars,
        "confirmed_on": rating.confirmed_on,
        "valid_to": rating.valid_to,
        "remark": "触及一票否决" if rating.is_vetoed else "",
    }


def _named(point: DemonstrationPoint | None) -> dict[str, Value]:
    if point is None:
        return {}
    return {
        "title": point.title,
        "level": point.get_level_display(),
        "awarded_by": point.awarded_by,
        "document": point.document,
        "awarded_on": point.valid_from,
    }
