"""Routes of duties and their review: the year of many branches, that of one, the queue."""

from django.urls import path

from activities.views import checkup, duties, duty_rules, review

urlpatterns = [
    path("meetings/review", review.ReviewQueue.as_view(), name="review_queue"),
    path("meetings/review/<int:pk>/accept", review.review_accept, name="review_accept"),
    path("meetings/review/<int:pk>/return", review.review_return, name="review_return"),
    path("duties/", duties.year_grid, name="year_grid"),
    path("duties/rules", duty_rules.duty_rules, name="duty_rules"),
    path("duties/rules/new", duty_rules.duty_new, name="duty_new"),
    path("duties/rules/<int:pk>/change", duty_rules.duty_change, name="duty_change"),
    path("duties/rules/<int:pk>/end", duty_rules.duty_end, name="duty_end"),
    path("duties/<int:pk>", duties.branch_year_page, name="branch_year"),
    path("duties/<int:pk>/check", checkup.checkup_page, name="checkup"),
]
