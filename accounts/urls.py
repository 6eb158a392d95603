"""Routes of sign-in, one's own account and the administration of accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.views import account, session, users

app_name = "accounts"
urlpatterns = [
    path("login", session.SignIn.as_view(), name="login"),
    path("logout", LogoutView.as_view(next_page="accounts:login"), name="logout"),
    path("setup", session.setup, name="setup"),
    path("account", account.account, name="preferences"),
    path("account/password", session.password, name="password"),
    path("account/tokens", account.token_create, name="token_create"),
    path("account/tokens/<int:pk>/revoke", account.token_revoke, name="token_revoke"),
    path("account/resume", session.resume, name="resume"),
    path("account/resume/discard", session.resume_discard, name="resume_discard"),
    path("users/", users.UserList.as_view(), name="user_list"),
    path("users/new", users.user_create, name="user_create"),
    path("users/<int:pk>", users.user_detail, name="user"),
    path("users/<int:pk>/reset", users.user_reset, name="user_reset"),
    path("users/<int:pk>/active", users.user_active, name="user_active"),
    path("users/<int:pk>/unlock", users.user_unlock, name="user_unlock"),
    path("users/<int:pk>/grants", users.grant_create, name="grant_create"),
    path("users/<int:pk>/grants/<int:grant_pk>/end", users.grant_end, name="grant_end"),
]
