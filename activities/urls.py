"""Routes of what branches do."""

from django.urls import path

from activities import branch_urls, duty_urls
from activities.views import activity, activity_list, appraisal, groups, photos, plans, record

app_name = "activities"
urlpatterns = [
    path("meetings/", activity_list.ActivityList.as_view(), name="activity_list"),
    path("meetings/new", record.activity_new, name="activity_new"),
    path("meetings/groups", groups.group_list, name="group_list"),
    path("meetings/groups/new", groups.group_new, name="group_new"),
    path("meetings/groups/<int:pk>/members", groups.group_members, name="group_members"),
    path("meetings/groups/<int:pk>/end", groups.group_end, name="group_end"),
    path("meetings/plan", plans.plan_new, name="plan_new"),
    path("meetings/photos", photos.photo_new, name="photo_new"),
    path("meetings/photos/<uuid:pk>", photos.photo, name="photo"),
    path("meetings/tasks/<int:pk>", plans.task, name="task"),
    path("meetings/<int:pk>", activity.activity, name="activity"),
    path("meetings/<int:pk>/record", record.activity_record, name="activity_record"),
    path("meetings/<int:pk>/print", activity.activity_print, name="activity_print"),
    path("meetings/<int:pk>/word", activity.activity_word, name="activity_word"),
    path("meetings/<int:pk>/appraisal", appraisal.appraisal, name="appraisal"),
    path("meetings/<int:pk>/notify", plans.plan_notify, name="plan_notify"),
    path("meetings/<int:pk>/hold", plans.plan_hold, name="plan_hold"),
    path("meetings/<int:pk>/cancel", plans.plan_cancel, name="plan_cancel"),
    path("meetings/<int:pk>/return", activity.activity_return, name="activity_return"),
    path("meetings/<int:pk>/accept", activity.activity_accept, name="activity_accept"),
    path("meetings/<int:pk>/lock", activity.activity_lock, name="activity_lock"),
    *duty_urls.urlpatterns,
    *branch_urls.urlpatterns,
]
