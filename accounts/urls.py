"""Routes of sign-in, one's own account and the administration of accounts."""

from django.urls import path

from accounts.views import account, factor, paired, posts, proof, session, users

app_name = "accounts"
urlpatterns = [
    path("login", session.SignIn.as_view(), name="login"),
    path("login/code", session.code, name="code"),
    path("logout", session.SignOut.as_view(), name="logout"),
    path("setup", session.setup, name="setup"),
    path("account", account.account, name="preferences"),
    path("account/identity", account.identity, name="identity"),
    path("account/password", session.password, name="password"),
    path("account/prove", proof.prove, name="prove"),
    path("account/factor", factor.factor_enrol, name="factor_enrol"),
    path("account/factor/recovery", factor.factor_recovery, name="factor_recovery"),
    path("account/factor/off", factor.factor_off, name="factor_off"),
    path("account/sessions/end", account.sessions_end, name="sessions_end"),
    path("account/delegations", account.delegation_create, name="delegation_create"),
    path(
        "account/delegations/<int:pk>/revoke", account.delegation_revoke, name="delegation_revoke"
    ),
    path("account/handover", account.own_handover, name="own_handover"),
    path("account/tokens", account.token_create, name="token_create"),
    path("account/tokens/<int:pk>/revoke", account.token_revoke, name="token_revoke"),
    path("account/resume", session.resume, name="resume"),
    path("account/resume/discard", session.resume_discard, name="resume_discard"),
    path("handovers/<int:pk>", account.handover, name="handover"),
    path("users/", users.UserList.as_view(), name="user_list"),
    path("users/new", users.user_create, name="user_create"),
    path("users/passwords", users.hand_out, name="hand_out"),
    path("users/organizations", posts.organization_choices, name="organization_choices"),
    path("users/appoint", posts.appoint, name="appoint"),
    path("users/roles", paired.role_settings, name="role_settings"),
    path("users/acts/", paired.act_list, name="act_list"),
    path("users/acts/<int:pk>", paired.act_decide, name="act_decide"),
    path("users/<int:pk>", users.user_detail, name="user"),
    path("users/<int:pk>/reset", users.user_reset, name="user_reset"),
    path("users/<int:pk>/active", users.user_active, name="user_active"),
    path("users/<int:pk>/unlock", users.user_unlock, name="user_unlock"),
    path("users/<int:pk>/sessions", users.user_sessions_end, name="user_sessions_end"),
    path("users/<int:pk>/preview", posts.preview, name="preview"),
    path("users/<int:pk>/handover", posts.user_handover, name="user_handover"),
    path("users/<int:pk>/administrator", paired.administrator_propose, name="propose_role"),
    path("users/<int:pk>/factor", paired.reset_propose, name="propose_reset"),
    path("users/<int:pk>/grants", posts.grant_create, name="grant_create"),
    path("users/<int:pk>/grants/<int:grant_pk>/end", posts.grant_end, name="grant_end"),
]
