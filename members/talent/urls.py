"""Routes of secretaries' statistics, trainings, the talent pool and organizers."""

from django.urls import path

from members.views import organizers, secretaries, talents, trainings

routes = [
    path("posts/secretaries", secretaries.SecretaryHistory.as_view(), name="secretary_history"),
    path("posts/sources", secretaries.sources, name="secretary_sources"),
    path("posts/training", secretaries.TrainedList.as_view(), name="post_training"),
    path("people/choices", trainings.people_choices, name="people_choices"),
    path("trainings/", trainings.TrainingList.as_view(), name="training_list"),
    path("trainings/new", trainings.training_new, name="training_new"),
    path("trainings/<int:pk>", trainings.training_detail, name="training"),
    path("trainings/<int:pk>/attend", trainings.training_attend, name="training_attend"),
    path("trainings/<int:pk>/edit", trainings.training_edit, name="training_edit"),
    path("trainings/people/<int:pk>", trainings.attendance_edit, name="attendance_edit"),
    path("trainings/people/<int:pk>/drop", trainings.attendance_drop, name="attendance_drop"),
    path("talents/", talents.TalentList.as_view(), name="talent_list"),
    path("talents/new", talents.talent_new, name="talent_new"),
    path("talents/<int:pk>", talents.talent_detail, name="talent"),
    path("talents/<int:pk>/edit", talents.talent_edit, name="talent_edit"),
    path("talents/<int:pk>/place", talents.talent_place, name="talent_place"),
    path("talents/<int:pk>/withdraw", talents.talent_withdraw, name="talent_withdraw"),
    path("talents/<int:pk>/leave", talents.talent_leave, name="talent_leave"),
    path("parks/organizers", organizers.organizers, name="organizers"),
    path("parks/organizers/new", organizers.organizer_new, name="organizer_new"),
    path("parks/organizers/<int:pk>/end", organizers.organizer_end, name="organizer_end"),
]
