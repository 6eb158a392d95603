"""What a county may decide about stars and parks, each decision with its source."""

from datetime import date

from core.parameters import Parameter, values

STARS_DIRECT = Parameter(
    "rating.stars_direct",
    "由县级两新工委直接管理的星级",
    4,
    "星",
    "市级两新组织党建工作会：四星级以上党组织由县级两新工委直接管理",
)
STARS_RECTIFY = Parameter(
    "rating.stars_rectify",
    "低于几星列入整改",
    3,
    "星",
    "市级两新组织党建工作会：三星级以下党组织年内整改提升",
)
ORGANIZERS_FROM = Parameter(
    "park.organizers_from",
    "园区配备两名组织员的党员数",
    200,
    "人",
    "园区党建做法：党员200人以下配1名组织员，200人以上配2名",
)


def star_hints(stars: int | None, day: date) -> list[str]:
    """What the stars of an organization suggest, with the source; nothing without stars."""
    if stars is None:
        return []
    found = values(on=day)
    hints = []
    if stars >= found[STARS_DIRECT.key]:
        hints.append(f"可研究由县级两新工委直接管理（{STARS_DIRECT.source}）")
    if stars < found[STARS_RECTIFY.key]:
        hints.append(f"应列入整改提升（{STARS_RECTIFY.source}）")
    return hints


def organizers_due(members: int, day: date) -> int:
    """How many organizers a park of so many members should have; none without members."""
    if not members:
        return 0
    return 2 if members >= values(on=day)[ORGANIZERS_FROM.key] else 1
