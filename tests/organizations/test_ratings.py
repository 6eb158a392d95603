"""Schemes, ratings by oneself and from above, stars over time, and what is put right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from core import deadlines
from core.dates import today
from core.models import AuditEntry, Message
from organizations.models import (
    PartyOrganization,
    Rating,
    RatingCriterion,
    RatingScheme,
    Rectification,
)
from organizations.scoring import Mark, lines_problem, score_of, stars_of
from organizations.services import ratings, rectifications, schemes
from organizations.services.schemes import Line
from organizations.site_facts import ratings_on
from organizations.standards import ensure_shipped
from tests.world import World

LINES = (Line("党建强", Decimal(60)), Line("发展强", Decimal(40)))
VETO = Line("弄虚作假", Decimal(0), is_veto=True)


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def starred(*lines: Line, stars: tuple[int, ...] = (60, 70, 80, 90, 95)) -> RatingScheme:
    """A county's own scheme with stars, entered by its business administrator."""
    scheme = RatingScheme(
        key="stars",
        name="星级评定",
        star_scores=[Decimal(line) for line in stars],
        valid_from=date(2025, 1, 1),
    )
    return schemes.enter_scheme(actor=None, scheme=scheme, lines=lines or LINES)


def marks(rating: Rating, *scores: int, violated: bool = False) -> dict[int, Mark]:
    """The marks in the order of the criteria; vetoes come last and carry no score."""
    given = iter(scores)
    return {
        one.pk: Mark(violated=violated) if one.is_veto else Mark(Decimal(next(given)))
        for one in rating.scheme.criteria.order_by("place")
    }


def started(
    world: World, scheme: RatingScheme, organization: PartyOrganization | None = None
) -> Rating:
    return ratings.start_rating(
        actor=world.secretary,
        organization=organization or world.own_branch,
        scheme=scheme,
        year=today().year,
    )


def submitted(world: World, scheme: RatingScheme, *scores: int, violated: bool = False) -> Rating:
    rating = started(world, scheme)
    return ratings.rate_oneself(
        actor=world.secretary,
        rating=rating,
        marks=marks(rating, *scores, violated=violated),
        submit=True,
    )


def confirmed(world: World, scheme: RatingScheme, *scores: int, on: date | None = None) -> Rating:
    rating = submitted(world, scheme, *scores)
    return ratings.confirm_rating(
        actor=world.park_officer, rating=rating, marks=marks(rating, *scores), on=on or today()
    )


# Points and stars -----------------------------------------------------------------------------

STARS = [Decimal(line) for line in (60, 70, 80, 90, 95)]


@pytest.mark.parametrize(
    ("total", "stars"), [("59.9", 0), ("60", 1), ("79.9", 2), ("80", 3), ("95", 5), ("100", 5)]
)
def test_stars_follow_the_lines_that_a_total_reaches(total: str, stars: int) -> None:
    assert stars_of(Decimal(total), STARS) == stars


def test_a_veto_leaves_the_points_and_takes_the_stars() -> None:
    found = score_of([Mark(Decimal(60)), Mark(Decimal(40)), Mark(violated=True)], STARS)

    assert (found.total, found.stars, found.is_vetoed) == (100, 0, True)
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
    assert rows == [("学习型", 20, False), ("违纪违法", 0, True), ("服务型", 20, False)]
    assert desk(world.clerk).get(f"/sites/schemes/{empty.pk}/edit").status_code == 403


def make_administrator(world: World) -> User:
    from tests.builders import make_user

    return make_user("钱业务", role="business_administrator", at=world.county_committee)


# Ratings --------------------------------------------------------------------------------------


def test_a_branch_rates_itself_and_the_superior_confirms(world: World) -> None:
    rating = submitted(world, starred(), 60, 30)
    assert (rating.state, rating.self_score, rating.stars) == ("submitted", 90, None)
    waiting = Message.objects.get(title=f"待评定：{rating}")
    assert waiting.recipient == world.park_officer

    rating = ratings.confirm_rating(
        actor=world.park_officer,
        rating=rating,
        marks=marks(rating, 55, 28),
        on=today(),
        document="北湖〔2026〕3号",
    )

    assert (rating.state, rating.score, rating.stars) == ("confirmed", 83, 3)
    assert ratings_on(today(), [world.own_branch.pk])[world.own_branch.pk] == {"stars": rating}
    assert Message.objects.filter(
        recipient=world.secretary, title__startswith="评定已完成"
    ).exists()


def test_a_mark_is_neither_missing_nor_above_its_weight(world: World) -> None:
    rating = started(world, starred())

    with pytest.raises(ValidationError, match="“党建强”的得分应在 0 到 60 之间"):
        ratings.rate_oneself(
            actor=world.secretary, rating=rating, marks=marks(rating, 61, 1), submit=False
        )
    with pytest.raises(ValidationError, match="“党建强”还没有打分"):
        ratings.rate_oneself(actor=world.secretary, rating=rating, marks={}, submit=True)
    rating.refresh_from_db()
    assert rating.state == "draft"


def test_a_rating_comes_back_with_a_reason_and_is_sent_again(world: World) -> None:
    rating = submitted(world, starred(), 60, 30)

    returned = ratings.return_rating(actor=world.park_officer, rating=rating, reason="依据不足")

    assert (returned.state, returned.reason) == ("returned", "依据不足")
    page = desk(world.secretary).get(f"/sites/ratings/{rating.pk}/self").content.decode()
    assert "上级已退回：依据不足" in page
    again = ratings.rate_oneself(
        actor=world.secretary, rating=returned, marks=marks(rating, 50, 30), submit=True
    )
    assert again.state == "submitted"
    assert Message.objects.filter(recipient=world.park_officer).count() == 2
    with pytest.raises(ValidationError, match="当前状态为“待上级评定”，不能提交自评"):
        ratings.rate_oneself(
            actor=world.secretary, rating=again, marks=marks(rating, 50, 30), submit=True
        )


def test_nobody_confirms_what_he_sent_himself(world: World) -> None:
    rating = started(world, starred())
    by_clerk = ratings.rate_oneself(
        actor=world.clerk, rating=rating, marks=marks(rating, 60, 30), submit=True
    )

    with pytest.raises(ValidationError, match="自评提交人不能同时作为上级评定人"):
        ratings.confirm_rating(
            actor=world.clerk, rating=by_clerk, marks=marks(rating, 60, 30), on=today()
        )
    rating.refresh_from_db()
    assert rating.state == "submitted"


def test_a_committee_is_judged_by_the_one_above_it(world: World) -> None:
    assert ratings.is_superior(world.park_officer, world.own_branch)
    assert ratings.is_superior(world.clerk, world.park_committee)
    assert not ratings.is_superior(world.park_officer, world.park_committee)
    assert not ratings.is_superior(world.secretary, world.own_branch)


def test_stars_of_a_past_day_are_those_of_that_day(world: World) -> None:
    scheme = starred()
    rating = confirmed(world, scheme, 60, 30, on=date(2026, 3, 1))
    ratings.withdraw_rating(
        actor=world.park_officer, rating=rating, on=date(2026, 6, 1), reason="造假"
    )
    key = world.own_branch.pk

    assert ratings_on(date(2026, 2, 28), [key]) == {}
    assert ratings_on(date(2026, 5, 31), [key])[key]["stars"].stars == 4
    assert ratings_on(date(2026, 6, 1), [key]) == {}
    assert started(world, scheme).state == "draft"


def test_a_scheme_rates_an_organization_once_a_year(world: World) -> None:
    scheme = starred()
    started(world, scheme)

    with pytest.raises(ValidationError, match="本年度已按这个办法开展评定"):
        started(world, scheme)


# Screens --------------------------------------------------------------------------------------


def answers(rating: Rating, *scores: int) -> dict[str, str]:
    criteria = rating.scheme.criteria.order_by("place")
    return {f"mark_{one.pk}": str(score) for one, score in zip(criteria, scores, strict=True)}


def test_the_way_of_a_rating_through_its_pages(world: World) -> None:
    scheme, secretary, officer = starred(), desk(world.secretary), desk(world.park_officer)
    secretary.post(
        "/sites/ratings/new",
        {"organization": world.own_branch.code, "scheme": scheme.pk, "year": today().year},
    )
    rating = Rating.objects.get()
    url = f"/sites/ratings/{rating.pk}"

    secretary.post(f"{url}/self", answers(rating, 60, 20) | {"keep": "1"})
    too_many = secretary.post(f"{url}/self", answers(rating, 60, 41) | {"submit": "1"})
    assert "最多 40 分" in too_many.content.decode()
    assert (
        secretary.post(f"{url}/self", answers(rating, 60, 20) | {"submit": "1"})["Location"] == url
    )

    page = officer.get(f"{url}/judge").content.decode()
    assert 'value="60.0"' in page
    officer.post(f"{url}/judge", answers(rating, 50, 20) | {"on": today().isoformat()})

    shown = officer.get(url).content.decode()
    assert "★★" in shown
    assert "应列入整改提升（市级两新组织党建工作会" in shown
    assert secretary.get(f"{url}/judge").status_code == 403
    tab = officer.get(f"/orgs/{world.own_branch.pk}?tab=sites").content.decode()
    assert "<b>2 星</b>" in tab


def test_a_neighbours_rating_does_not_exist(world: World) -> None:
    rating = confirmed(world, starred(), 60, 30)

    neighbour = desk(world.west_officer)
    assert neighbour.get(f"/sites/ratings/{rating.pk}").status_code == 404
    assert "北湖" not in neighbour.get("/sites/ratings/").content.decode()


# Putting right --------------------------------------------------------------------------------


def listed(world: World, rating: Rating, **facts: Any) -> list[Rectification]:
    facts = {"responsible": "郑书记", "due_on": today(), **facts}
    return rectifications.open_rectifications(
        actor=world.park_officer, source=rating, criteria=rectifications.missed(rating), **facts
    )


def test_what_a_rating_missed_is_listed_once_with_a_deadline(world: World) -> None:
    rating = confirmed(world, starred(), 60, 30)

    (row,) = listed(world, rating)

    assert (row.criterion.label, row.organization) == ("发展强", world.own_branch)
    with pytest.raises(ValidationError, match="这一项已经列入整改"):
        listed(world, rating)
    with pytest.raises(ValidationError, match="整改期限不能早于今天"):
        listed(world, rating, due_on=date(2026, 1, 1))
    due = deadlines.due(world.secretary, today())
    assert [(one.what, one.url) for one in due if "整改" in one.what] == [
        ("整改到期：发展强", f"/sites/rectifications/{row.pk}")
    ]


def test_the_branch_reports_and_another_verifies(world: World) -> None:
    (row,) = listed(world, confirmed(world, starred(), 60, 30))
    secretary, officer = desk(world.secretary), desk(world.park_officer)
    url, day = f"/sites/rectifications/{row.pk}", today().isoformat()

    assert "必填" in secretary.post(f"{url}/report", {"on": day}).content.decode()
    secretary.post(f"{url}/report", {"on": day, "evidence": "已补课，见会议记录"})
    assert secretary.post(f"{url}/verify", {"on": day}).status_code == 403
    officer.post(f"{url}/return", {"reason": "记录不全"})
    assert "已退回：记录不全" in secretary.get(url).content.decode()
    secretary.post(f"{url}/report", {"on": day, "evidence": "记录已补全"})
    officer.post(f"{url}/verify", {"on": day})

    row.refresh_from_db()
    assert (row.state, row.verified_by) == ("verified", world.park_officer)
    with pytest.raises(IntegrityError, match="verified_by_another"), transaction.atomic():
        Rectification.objects.filter(pk=row.pk).update(verified_by=world.secretary)
