"""Routes of what a branch keeps beside its meetings."""

from django.urls import path

from activities.views import member_posts, study, suggestions

urlpatterns = [
    path("study/", study.study_list, name="study_list"),
    path("member-posts/", member_posts.MemberPostList.as_view(), name="member_post_list"),
    path("member-posts/new", member_posts.member_post_new, name="member_post_new"),
    path("member-posts/<int:pk>", member_posts.member_post, name="member_post"),
    path("member-posts/<int:pk>/edit", member_posts.member_post_edit, name="member_post_edit"),
    path("suggestions/", suggestions.SuggestionList.as_view(), name="suggestion_list"),
    path("suggestions/new", suggestions.suggestion_new, name="suggestion_new"),
    path("suggestions/<int:pk>", suggestions.suggestion, name="suggestion"),
    path("suggestions/<int:pk>/edit", suggestions.suggestion_edit, name="suggestion_edit"),
    path("suggestions/<int:pk>/answer", suggestions.suggestion_answer, name="suggestion_answer"),
]
