"""Points, stars, and the schemes they come from: shipped, entered, changed, used."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from core.dates import today
from core.models import AuditEntry
from organizations.models import RatingCriterion, RatingScheme
from organizations.scoring import Mark, lines_problem, score_of, stars_of
from organizations.services import schemes
from organizations.standards import ensure_shipped
from tests.builders import make_user
from tests.organizations.test_ratings import LINES, VETO, desk, starred, started
from tests.world import World

# Points and stars -----------------------------------------------------------------------------

STARS = [Decimal(line) for line in (60, 70, 80, 90, 95)]


@pytest.mark.parametrize(
    ("total", "stars"), [("59.9", 0), ("60", 1), ("79.9", 2), ("80", 3), ("95", 5), ("100", 5)]
)
def test_stars_follow_the_lines_that_a_total_reaches(total: str, stars: int) -> None:
    assert stars_of(Decimal(total), STARS) == stars


def test_a_veto_leaves_the_points_and_takes_the_stars() -> None:
    found = score_of([Mark(Decimal(60)), Mark(Decimal(40)), Mark(violated=True)], STARS)

    assert (found.total, found.stars, found.is_vetoed) == (Decimal(100), 0, True)
    assert score_of([Mark(Decimal(3))], ()).stars is None


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((60, 70), ""),
        ((70, 60), "星级分数线应逐级升高"),
        ((0, 60), "星级分数线应大于零"),
        ((60, 101), "星级分数线不能高于满分 100"),
        ((1, 2, 3, 4, 5, 6), "最多设五个星级"),
    ],
)
def test_lines_of_stars_rise_within_the_full_marks(lines: tuple[int, ...], problem: str) -> None:
    assert lines_problem([Decimal(line) for line in lines], Decimal(100)) == problem


# Schemes --------------------------------------------------------------------------------------


def test_four_schemes_ship_two_of_them_without_criteria(world: World) -> None:
    ensure_shipped()

    counts = {one.name: one.criteria.count() for one in RatingScheme.objects.all()}
    assert counts == {"六有": 6, "双强六好": 8, "五个好": 0, "五型": 0}
    assert ensure_shipped() == 0
    empty = RatingScheme.objects.get(key="five_goods")
    page = desk(world.clerk).get(f"/sites/schemes/{empty.pk}").content.decode()
    assert "来源文件没有列明“五个好”的标准，这里不代拟" in page
    with pytest.raises(ValidationError, match="还没有填写标准，请业务管理员先填写"):
        started(world, empty)


def test_a_scheme_is_changed_in_place_until_it_is_used_and_then_anew(world: World) -> None:
    scheme = starred()
    changed = schemes.change_scheme(
        actor=None, scheme=scheme, lines=(*LINES, VETO), on=today(), reason="补充否决项"
    )
    assert (changed.pk, changed.criteria.count()) == (scheme.pk, 3)

    rating = started(world, changed)
    after = schemes.change_scheme(
        actor=None, scheme=changed, lines=LINES, on=today(), reason="简化", name="星级评定办法"
    )

    changed.refresh_from_db()
    assert (after.version, after.valid_from, changed.valid_to) == (2, today(), today())
    assert str(after) == "星级评定办法（第2版）"
    assert rating.items.count() == 3
    assert AuditEntry.objects.filter(verb="scheme.change").count() == 2
    with pytest.raises(ValidationError, match="请修改现行版本"):
        schemes.change_scheme(actor=None, scheme=changed, lines=LINES, on=today(), reason="误")


def test_the_database_keeps_the_criteria_of_a_used_scheme(world: World) -> None:
    scheme = starred()
    started(world, scheme)
    sentence = "评定办法已经使用，修改标准须另立新版"

    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        RatingCriterion.objects.filter(scheme=scheme).update(weight=1)
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        RatingCriterion.objects.create(scheme=scheme, place=9, label="新增", weight=1)


def test_the_business_administrator_fills_in_an_empty_scheme(world: World) -> None:
    administrator = desk(make_administrator(world))
    empty = RatingScheme.objects.get(key="five_types")
    form = {
        "name": "五型",
        "source": "县委组织部文件",
        "note": "",
        "star_scores": "",
        "on": today().isoformat(),
        "reason": "按本地文件填写",
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "0",
        "form-0-label": "学习型",
        "form-0-weight": "20",
        "form-1-label": "违纪违法",
        "form-1-is_veto": "on",
        "form-2-label": "服务型",
    }

    refused = administrator.post(f"/sites/schemes/{empty.pk}/edit", form)
    assert "请填写分值；一票否决项请勾选" in refused.content.decode()
    administrator.post(f"/sites/schemes/{empty.pk}/edit", form | {"form-2-weight": "20"})

    rows = list(empty.criteria.values_list("label", "weight", "is_veto"))
    assert rows == [
        ("学习型", Decimal(20), False),
        ("违纪违法", Decimal(0), True),
        ("服务型", Decimal(20), False),
    ]
    assert desk(world.clerk).get(f"/sites/schemes/{empty.pk}/edit").status_code == 403


def make_administrator(world: World) -> User:
    return make_user("钱业务", role="business_administrator", at=world.county_committee)
