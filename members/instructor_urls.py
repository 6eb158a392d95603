"""Routes of instructors, their terms and their visits."""

from django.urls import path

from members.views import assignments, instructor_acts, instructors, visits

routes = [
    path("instructors/", instructors.InstructorList.as_view(), name="instructor_list"),
    path("instructors/choices", instructors.instructor_choices, name="instructor_choices"),
    path("members/choices/full", instructors.full_member_choices, name="full_member_choices"),
    path("instructors/new", instructor_acts.instructor_new, name="instructor_new"),
    path("instructors/<int:pk>", instructors.instructor_detail, name="instructor"),
    path("instructors/<int:pk>/edit", instructor_acts.instructor_edit, name="instructor_edit"),
    path("instructors/<int:pk>/leave", instructor_acts.instructor_leave, name="instructor_leave"),
    path("instructors/<int:pk>/send", instructor_acts.instructor_send, name="instructor_send"),
    path(
        "instructors/<int:pk>/assess", instructor_acts.instructor_assess, name="instructor_assess"
    ),
    path("instructors/terms/", assignments.AssignmentList.as_view(), name="assignment_list"),
    path("instructors/terms/<int:pk>", visits.assignment, name="assignment"),
    path("instructors/terms/<int:pk>/renew", visits.assignment_renew, name="assignment_renew"),
    path("instructors/terms/<int:pk>/end", visits.assignment_end, name="assignment_end"),
    path("instructors/terms/<int:pk>/payments", visits.payment_new, name="payment_new"),
    path("instructors/payments/<int:pk>", visits.payment_settle, name="payment_settle"),
]
