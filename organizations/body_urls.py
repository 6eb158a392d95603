"""Routes of terms and elections."""

from django.urls import path

from organizations.views import elections, term_list, terms

routes = [
    path("orgs/terms", term_list.TermList.as_view(), name="term_list"),
    path("orgs/<int:pk>/election", terms.body_election, name="body_election"),
    path("orgs/<int:pk>/election/open", elections.election_open, name="election_open"),
    path("orgs/<int:pk>/terms/new", terms.term_create, name="term_create"),
    path("orgs/terms/<int:pk>/extend", terms.term_extend, name="term_extend"),
    path("orgs/terms/<int:pk>/correct", terms.term_correct, name="term_correct"),
    path("orgs/elections/<int:pk>", elections.election_case, name="election"),
    path("orgs/elections/<int:pk>/hold", elections.election_hold, name="election_hold"),
    path("orgs/elections/<int:pk>/cancel", elections.election_cancel, name="election_cancel"),
    path("orgs/elections/<int:pk>/<slug:act>", elections.election_act, name="election_act"),
]
