"""Routes of people."""

from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("instructors/", views.InstructorList.as_view(), name="instructor_list"),
    path("instructors/<int:pk>", views.instructor_detail, name="instructor"),
]
