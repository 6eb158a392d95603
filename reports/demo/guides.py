"""How the demonstration county's instructors work: where they live, terms, visits, a grade."""

from datetime import date, timedelta

from members.models import (
    Instructor,
    InstructorAssessment,
    InstructorAssignment,
    InstructorVisit,
    Sector,
)
from reports.demo.county import County

TERM = timedelta(days=730)
FINDINGS = (
    "宣讲政策，了解生产经营和职工队伍情况，企业运转正常。",
    "与出资人商谈组建党组织事宜，核对党员组织关系。",
    "参加联合党支部主题党日，指导完善会议记录。",
)


def store_guidance(instructors: list[Instructor], county: County, today: date) -> None:
    """Every third instructor has missed his last visit; a few terms end within the month."""
    areas = list(county.areas.values())
    for number, one in enumerate(instructors):
        one.level = Instructor.Level.COUNTY if number % 3 else Instructor.Level.TOWNSHIP
        one.area = areas[number % len(areas)] if number % 2 else None
        one.sector = Sector.MANUFACTURING if number % 4 == 0 else ""
    Instructor.objects.bulk_update(instructors, ["level", "area", "sector"])
    terms = list(InstructorAssignment.objects.select_related("instructor").order_by("pk"))
    for number, term in enumerate(terms):
        term.valid_to = term.valid_from + TERM if number % 12 else today + timedelta(days=20)
    InstructorAssignment.objects.bulk_update(terms, ["valid_to"])
    InstructorVisit.objects.bulk_create(
        InstructorVisit(
            assignment=term,
            visited_on=day,
            findings=FINDINGS[(number + day.month) % len(FINDINGS)],
        )
        for number, term in enumerate(terms)
        for day in _visits(term, number, today)
    )
    year = today.year - 1
    InstructorAssessment.objects.bulk_create(
        InstructorAssessment(
            instructor=one,
            year=year,
            grade=InstructorAssessment.Grade.EXCELLENT
            if number % 5 == 0
            else InstructorAssessment.Grade.COMPETENT,
            assessed_on=date(year, 12, 28),
        )
        for number, one in enumerate(instructors)
    )


def _visits(term: InstructorAssignment, number: int, today: date) -> list[date]:
    """One each quarter since the sending, but for the latest of every third."""
    days = [term.valid_from + timedelta(days=80 + 85 * step) for step in range(12)]
    past = [day for day in days if day <= today]
    return past[:-1] if number % 3 == 0 else past
