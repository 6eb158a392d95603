"""Schemes, ratings by oneself and from above, stars over time, and what is put right."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from core import work
from core.dates import today
from core.models import Message
from core.work import Group
from organizations.models import (
    PartyOrganization,
    Rating,
    RatingScheme,
)
from organizations.scoring import Mark
from organizations.services import ratings, schemes
from organizations.services.schemes import Line
from organizations.site_facts import ratings_on
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


# Ratings --------------------------------------------------------------------------------------


def test_a_branch_rates_itself_and_the_superior_confirms(world: World) -> None:
    rating = submitted(world, starred(), 60, 30)
    assert (rating.state, rating.self_score, rating.stars) == ("submitted", Decimal(90), None)
    waiting = Message.objects.get(title=f"待评定：{rating}")
    assert waiting.recipient == world.park_officer

    rating = ratings.confirm_rating(
        actor=world.park_officer,
        rating=rating,
        marks=marks(rating, 55, 28),
        on=today(),
        document="北湖〔2026〕3号",
    )

    assert (rating.state, rating.score, rating.stars) == ("confirmed", Decimal(83), 3)
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
    (back,) = work.rows(Group.RETURNED, world.secretary)
    assert (back.text, back.url) == (f"{rating}（依据不足）", f"/sites/ratings/{rating.pk}/self")
    assert work.rows(Group.RETURNED, world.park_officer) == []
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
    assert 'value="60"' in page
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
