"""Routes of people."""

from django.urls import path

from members import development_urls, flow_urls, instructor_urls, member_urls
from members.dues import urls as dues_urls
from members.talent import urls as talent_urls
from members.views import appointing, post_list, posts

app_name = "members"
urlpatterns = [
    *flow_urls.routes,
    *instructor_urls.routes,
    *member_urls.routes,
    *development_urls.routes,
    *dues_urls.routes,
    *talent_urls.routes,
    path("orgs/<int:pk>/secretary", appointing.secretary_change, name="secretary_change"),
    path("orgs/<int:pk>/posts/new", appointing.post_create, name="post_create"),
    path("orgs/<int:pk>/seat", appointing.body_seat, name="body_seat"),
    path("posts/", post_list.PostList.as_view(), name="post_list"),
    path("posts/<int:pk>", posts.post_detail, name="post"),
    path("posts/<int:pk>/edit", posts.post_edit, name="post_edit"),
    path("posts/<int:pk>/relieve", posts.post_relieve, name="post_relieve"),
    path("posts/<int:pk>/decide", posts.post_decide, name="post_decide"),
    path("posts/<int:pk>/opinions", posts.opinion_record, name="opinion_record"),
]
