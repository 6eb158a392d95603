"""Sites, ratings and what is put right, all of the eastern township's joint branch."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.dates import today
from enterprises.classifying import classify
from enterprises.models import EnterpriseClassification
from organizations.models import (
    AreaKind,
    DemonstrationPoint,
    Rating,
    RatingScheme,
    Rectification,
    Site,
    SiteCheck,
)
from organizations.scoring import Mark
from organizations.services import ratings, rectifications, sites
from organizations.standards import ensure_shipped
from tests.builders import make_area
from tests.world import EAST, World

DAY = date(2026, 3, 31)


@dataclass
class SiteThings:
    """`draft`, `submitted` and `confirmed` are ratings; `open_task`, `done_task` are put right."""

    classification: EnterpriseClassification
    site: Site
    failed_check: SiteCheck
    point: DemonstrationPoint
    scheme: RatingScheme
    draft: Rating
    submitted: Rating
    confirmed: Rating
    open_task: Rectification
    done_task: Rectification


def site_things(world: World) -> SiteThings:
    ensure_shipped()
    site = Site(name=f"{EAST}驿站", organization=world.joint_branch, valid_from=DAY)
    sites.open_site(actor=world.east_officer, site=site)
    check = _check(world, site)
    scheme = RatingScheme.objects.get(key="double_strong")
    confirmed = _rated(world, scheme, 2024, confirm=True)
    open_task, done_task = rectifications.open_rectifications(
        actor=world.clerk,
        source=confirmed,
        criteria=rectifications.missed(confirmed)[:2],
        responsible=f"{EAST}书记",
        due_on=today(),
    )
    rectifications.report_done(
        actor=world.clerk, row=done_task, on=today(), evidence=f"{EAST}已整改"
    )
    return SiteThings(
        classification=_classified(world),
        site=site,
        failed_check=check,
        point=sites.award_demonstration(
            actor=world.clerk,
            point=DemonstrationPoint(
                organization=world.joint_branch,
                title=f"{EAST}示范点",
                level="city",
                awarded_by="市委组织部",
                valid_from=DAY,
            ),
        ),
        scheme=scheme,
        draft=_start(world, scheme, 2025),
        submitted=_rated(world, scheme, 2026),
        confirmed=confirmed,
        open_task=open_task,
        done_task=done_task,
    )


def _classified(world: World) -> EnterpriseClassification:
    tower = make_area(
        f"{EAST}大厦", committee=world.east_committee, kind=AreaKind.BUILDING, parent=world.east
    )
    classify(actor=None, enterprises=[world.joint], area=tower, on=DAY, reason="入驻")
    found: EnterpriseClassification = world.joint.classifications.get()
    return found


def _check(world: World, site: Site) -> SiteCheck:
    standard = RatingScheme.objects.get(key="six_haves")
    check = SiteCheck(
        site=site, scheme=standard, checked_on=DAY, checked_by="检查组", evidence="现场查看"
    )
    answers = {one.pk: Mark(Decimal(one.place > 2)) for one in standard.criteria.all()}
    return sites.record_check(actor=world.clerk, check=check, answers=answers)


def _start(world: World, scheme: RatingScheme, year: int) -> Rating:
    return ratings.start_rating(
        actor=world.clerk, organization=world.joint_branch, scheme=scheme, year=year
    )


def _rated(world: World, scheme: RatingScheme, year: int, *, confirm: bool = False) -> Rating:
    """Sent by the county, so that the township may judge it."""
    rating = _start(world, scheme, year)
    rating.document = f"{EAST}{year}号"
    rating.save()
    marks = {one.pk: Mark(Decimal(one.place > 2)) for one in scheme.criteria.all()}
    rating = ratings.rate_oneself(actor=world.clerk, rating=rating, marks=marks, submit=True)
    if confirm:
        rating = ratings.confirm_rating(
            actor=world.east_officer, rating=rating, marks=marks, on=DAY
        )
    return rating
