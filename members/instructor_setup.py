"""What instructors add to the rest of the product: verbs, scope, the work page, the sheet."""

from django.db.models import Q

from core import audit, deadlines
from enterprises.assigned import covered_by_own_branch
from members import instructor_sheets, visit_card
from members.models import FirmPayment, InstructorAssessment, InstructorVisit
from organizations.scoping import Reach, register_assigned

VERBS = {
    "instructor.register": "登记指导员",
    "instructor.change": "修改指导员",
    "instructor.leave": "指导员退出",
    "instructor.assign": "选派指导员",
    "instructor.renew": "续派指导员",
    "instructor.relieve": "免去指导员",
    "instructor.visit": "登记指导员走访",
    "instructor.assess": "考核指导员",
    "instructor.payment": "登记兼职取酬",
    "instructor.settle": "处理兼职取酬",
}


def register() -> None:
    """Called from AppConfig.ready."""
    for verb, label in VERBS.items():
        audit.register_verb(verb, label)
    for model in (InstructorVisit, FirmPayment):
        register_assigned(
            model._meta.label,
            Reach.INSTRUCTOR,
            lambda scope, on: Q(assignment__instructor__user=scope.user_id),
        )
    register_assigned(
        InstructorAssessment._meta.label,
        Reach.INSTRUCTOR,
        lambda scope, on: Q(instructor__user=scope.user_id),
    )
    register_assigned(
        InstructorVisit._meta.label,
        Reach.OWN_BRANCH,
        lambda scope, on: Q(assignment__enterprise__in=covered_by_own_branch(scope, on)),
    )
    deadlines.register("visits", "指导员走访", visit_card.visits_to_make)
    deadlines.register("assignments", "指导员选派到期", visit_card.terms_to_renew)
    instructor_sheets.register_sheet()
