"""Development in figures: statistics of a year, plan against done, backbones, members found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q

from core.rates import Rate
from members.codes import Education, Ethnicity, JobClass, Sex
from members.development.cases import BACKBONE
from members.models import DevelopmentCase, DevelopmentPlan, HiddenMember, Stage

AGES = ((0, 25), (26, 30), (31, 35), (36, 40), (41, 59), (60, 120))
Query = dict[str, str]


@dataclass(frozen=True)
class Kind:
    """A column or a row of the statistics: the people it means, and the list that shows them."""

    label: str
    condition: Q
    query: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    number: int
    query: str


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Row]


def columns(year: int) -> list[Kind]:
    """Who is on the way today, and who was accepted and confirmed in the year."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    stages = [
        Kind(str(stage.label), Q(stage=stage, closed_on=None), (("stage", stage), ("open", "true")))
        for stage in (Stage.APPLICANT, Stage.ACTIVIST, Stage.CANDIDATE)
    ]
    return [
        *stages,
        Kind(
            "本年接收预备党员",
            Q(accepted_on__year=year),
            (("accepted_after", first), ("accepted_before", last)),
        ),
        Kind(
            "本年转正",
            Q(confirmed_on__year=year),
            (("confirmed_after", first), ("confirmed_before", last)),
        ),
    ]


def sections(year: int) -> Iterator[tuple[str, list[Kind]]]:
    """The breakdowns of the yearly tables; ages are those of the end of the year."""
    yield (
        "总数",
        [
            Kind("合计", Q(), ()),
            Kind("女", Q(person__sex=Sex.FEMALE), (("sex", Sex.FEMALE),)),
            Kind(
                "少数民族",
                ~Q(person__ethnicity__in=["", Ethnicity.HAN]),
                (("minority", "true"),),
            ),
            Kind("共青团推优", Q(recommender="youth_league"), (("recommender", "youth_league"),)),
            Kind("管理和业务骨干", BACKBONE, (("backbone", "true"),)),
            Kind("把骨干培养成党员", Q(cultivation="backbone"), (("cultivation", "backbone"),)),
            Kind("把党员培养成骨干", Q(cultivation="member"), (("cultivation", "member"),)),
        ],
    )
    yield "年龄", [_age(year, *band) for band in AGES]
    yield "学历", [_choice("education", value, label) for value, label in Education.choices]
    yield "工作岗位", [_choice("job_class", value, label) for value, label in JobClass.choices]


def _age(year: int, least: int, most: int) -> Kind:
    oldest, youngest = date(year - most, 1, 1), date(year - least, 12, 31)
    label = (
        f"{most}岁及以下"
        if not least
        else f"{least}岁及以上"
        if most > 100
        else f"{least}至{most}岁"
    )
    return Kind(
        label,
        Q(person__born_on__range=(oldest, youngest)),
        (("born_after", str(oldest)), ("born_before", str(youngest))),
    )


def _choice(name: str, value: str, label: str) -> Kind:
    return Kind(label, Q(**{f"person__{name}": value}), ((name, value),))


def statistics(user: Any, year: int) -> list[Section]:
    """All cells in one query."""
    across, down = columns(year), list(sections(year))
    rows = [row for _, kinds in down for row in kinds]
    counted = DevelopmentCase.objects.visible_to(user).aggregate(
        **{
            f"n{y}_{x}": Count("pk", filter=row.condition & column.condition)
            for y, row in enumerate(rows)
            for x, column in enumerate(across)
        }
    )
    found, y = [], 0
    for title, kinds in down:
        lines = []
        for kind in kinds:
            cells = [
                Cell(counted[f"n{y}_{x}"], urlencode([*column.query, *kind.query]))
                for x, column in enumerate(across)
            ]
            lines.append(Row(kind.label, cells))
            y += 1
        found.append(Section(title, lines))
    return found


@dataclass(frozen=True)
class YearFigures:
    """I14 and I15 of a year: backbones among the accepted, members found and verified."""

    backbone: Rate
    found: int


def figures(user: Any, year: int) -> YearFigures:
    counted = DevelopmentCase.objects.visible_to(user).aggregate(
        accepted=Count("pk", filter=Q(accepted_on__year=year)),
        backbone=Count("pk", filter=Q(accepted_on__year=year) & BACKBONE),
    )
    found = HiddenMember.objects.visible_to(user).filter(
        state__in=("verified", "settled"), verified_on__year=year
    )
    return YearFigures(Rate(counted["backbone"], counted["accepted"]), found.count())


@dataclass(frozen=True)
class PlanLine:
    """A plan with what was done of it below the organization."""

    plan: DevelopmentPlan
    done: int

    @property
    def rate(self) -> Rate:
        return Rate(self.done, self.plan.quota)

    @property
    def left(self) -> int:
        return self.plan.quota - self.done


def plans(user: Any, year: int) -> list[PlanLine]:
    """The plans of a year within the scope against the accepted of the year, in two queries."""
    rows = list(
        DevelopmentPlan.objects.visible_to(user)
        .filter(year=year)
        .select_related("organization")
        .order_by("organization__path")
    )
    done = list(
        DevelopmentCase.objects.visible_to(user)
        .filter(accepted_on__year=year)
        .values_list("organization__path", flat=True)
    )
    return [
        PlanLine(row, sum(path.startswith(row.organization.path) for path in done)) for row in rows
    ]
