"""Sites, ratings and classes of the demonstration county, so that no page is empty."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from enterprises.models import EnterpriseClassification
from organizations.models import (
    Area,
    AreaKind,
    AreaResponsibility,
    DemonstrationPoint,
    PartyOrganization,
    Rating,
    RatingCriterion,
    RatingItem,
    RatingScheme,
    RatingState,
    Rectification,
    ServiceCentre,
    Site,
    SiteCheck,
    SiteCheckItem,
)
from organizations.scoring import Mark, score_of
from organizations.standards import ensure_shipped
from reports.demo.county import FOUNDED, County
from reports.demo.firms import Firm

MISSED = (6, 6, 5, 6, 6, 4)  # of the six, from branch to branch
STARRED, WAITING = 18, 2
STARS = (60, 70, 80, 90, 95)
CRITERIA = ("组织健全", "活动经常", "作用突出", "阵地规范", "群众满意")
CLASSES = (
    ("340822801", "高河商务大厦", AreaKind.BUILDING, "高河镇"),
    ("340822811", "石牌建材市场", AreaKind.MARKET, "石牌镇"),
    ("340822821", "纺织服装产业链", AreaKind.INDUSTRY_CHAIN, ""),
)


def store_sites(
    county: County, own: list[PartyOrganization], firms: list[Firm], clerk: Any, latest: date
) -> None:
    """Everything of this module; `clerk` has confirmed the ratings, `latest` is the last count."""
    ensure_shipped()
    checks = _checked(_sites(county, own), latest)
    _centres(county)
    _points(own, latest)
    _ratings(own, clerk, latest)
    _rectifications(checks, latest)
    _classes(county, firms, latest)


def _sites(county: County, own: list[PartyOrganization]) -> list[Site]:
    random = Random(len(own))
    return Site.objects.bulk_create(
        Site(
            name=f"{branch.name.removeprefix('中共')[:60]}活动室",
            organization=branch,
            address="本企业内",
            square_metres=Decimal(random.randint(20, 120)),
            rooms=random.randint(1, 4),
            valid_from=(branch.established_on or FOUNDED) + timedelta(days=60),
        )
        for branch in own
        if (branch.established_on or FOUNDED) < date(FOUNDED.year + 9, 1, 1)
    )


def _checked(sites: list[Site], latest: date) -> list[SiteCheck]:
    scheme = RatingScheme.objects.get(key="six_haves")
    criteria = list(scheme.criteria.order_by("place"))
    checks = SiteCheck.objects.bulk_create(
        SiteCheck(
            site=site,
            scheme=scheme,
            checked_on=latest - timedelta(days=30),
            checked_by="县委两新工委检查组",
            evidence="现场查看，留存照片",
            met_count=MISSED[number % len(MISSED)],
            item_count=len(criteria),
        )
        for number, site in enumerate(sites)
    )
    SiteCheckItem.objects.bulk_create(
        SiteCheckItem(check_record=check, criterion=one, is_met=one.place <= check.met_count)
        for check in checks
        for one in criteria
    )
    return checks


def _centres(county: County) -> None:
    areas = [county.area, *(area for area in county.areas.values() if area.kind == AreaKind.PARK)]
    for area in areas:
        is_county = area.kind == AreaKind.COUNTY
        site = Site.objects.create(
            name=f"{area.name}党群活动中心",
            area=area,
            square_metres=Decimal(600),
            rooms=8,
            holding=Site.Holding.SHARED,
            shared_with="工会、共青团、妇联",
            valid_from=date(2019, 7, 1),
        )
        ServiceCentre.objects.create(
            site=site,
            name=f"{area.name}党群服务中心",
            level=ServiceCentre.Level.COUNTY if is_county else ServiceCentre.Level.PARK,
            opening_hours="周一至周日 8:30—20:30",
            opens_after_hours=True,
            opens_on_holidays=is_county,
            full_time_staff=3 if is_county else 1,
        )


def _points(own: list[PartyOrganization], latest: date) -> None:
    levels = DemonstrationPoint.Level
    DemonstrationPoint.objects.bulk_create(
        DemonstrationPoint(
            organization=branch,
            title="非公企业党建示范点",
            level=level,
            awarded_by=f"中共{place}委组织部",
            valid_from=latest - timedelta(days=500),
        )
        for branch, level, place in (
            (own[8], levels.CITY, "安庆市"),
            (own[9], levels.COUNTY, "怀宁县"),
            (own[10], levels.COUNTY, "怀宁县"),
        )
    )


def _ratings(own: list[PartyOrganization], clerk: Any, latest: date) -> None:
    """The county's own scheme, invented; last year's stars, and two branches that wait."""
    scheme = RatingScheme.objects.create(
        key="county_stars",
        name="党组织星级评定",
        source="演示县自定办法",
        star_scores=[Decimal(line) for line in STARS],
        valid_from=date(latest.year - 1, 1, 1),
    )
    criteria = RatingCriterion.objects.bulk_create(
        RatingCriterion(scheme=scheme, place=place, label=label, weight=Decimal(20))
        for place, label in enumerate(CRITERIA, 1)
    )
    random = Random(STARRED)
    for branch in own[8 : 8 + STARRED]:
        scores = [Decimal(random.randint(11, 20)) for _ in criteria]
        found = score_of([Mark(score) for score in scores], scheme.star_scores)
        rating = Rating.objects.create(
            organization=branch,
            scheme=scheme,
            year=latest.year,
            state=RatingState.CONFIRMED,
            self_score=found.total,
            score=found.total,
            stars=found.stars,
            confirmed_by=clerk,
            confirmed_on=latest,
            document=f"怀两新〔{latest.year}〕12号",
        )
        _items(rating, criteria, scores, confirmed=True)
    for branch in own[-WAITING:]:
        rating = Rating.objects.create(
            organization=branch,
            scheme=scheme,
            year=latest.year + 1,
            state=RatingState.SUBMITTED,
            self_score=Decimal(80),
            submitted_on=latest + timedelta(days=200),
        )
        _items(rating, criteria, [Decimal(16)] * len(criteria), confirmed=False)


def _items(
    rating: Rating, criteria: list[RatingCriterion], scores: list[Decimal], *, confirmed: bool
) -> None:
    RatingItem.objects.bulk_create(
        RatingItem(
            rating=rating, criterion=one, self_score=score, score=score if confirmed else None
        )
        for one, score in zip(criteria, scores, strict=True)
    )


def _rectifications(checks: list[SiteCheck], latest: date) -> None:
    missed = SiteCheckItem.objects.filter(check_record__in=checks[:6], is_met=False)
    for item in missed.select_related("check_record__site__organization"):
        Rectification.objects.create(
            organization=item.check_record.site.keeper,
            criterion_id=item.criterion_id,
            check_record=item.check_record,
            responsible="支部书记",
            opened_on=latest,
            due_on=latest + timedelta(days=340),
        )


def _classes(county: County, firms: list[Firm], latest: date) -> None:
    for code, name, kind, place in CLASSES:
        within = county.areas[place] if place else county.area
        area = Area.objects.create(
            code=code,
            name=name,
            kind=kind,
            parent=within,
            committee=within.committee,
            official_order=int(code[-3:]),
        )
        AreaResponsibility.objects.create(
            area=area, organization=area.committee, valid_from=FOUNDED
        )
        EnterpriseClassification.objects.bulk_create(
            EnterpriseClassification(
                enterprise=firm.enterprise,
                area=area,
                kind=kind,
                valid_from=max(firm.founded, latest - timedelta(days=700)),
            )
            for firm in firms
            if _belongs(firm, within, kind)
        )


def _belongs(firm: Firm, within: Area, kind: AreaKind) -> bool:
    if kind == AreaKind.INDUSTRY_CHAIN:
        return firm.enterprise.industry_code in {"C181", "C175"}
    return firm.area == within and firm.enterprise.pk % 3 == 0
