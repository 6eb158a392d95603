"""Addresses of the pages that judge facts."""

from django.urls import path

from reports.views import (
    board,
    cover,
    drill,
    finder,
    ledgers,
    life,
    needs,
    outreach,
    register,
    volume,
)

app_name = "reports"
urlpatterns = [
    path("enterprises/", register.CoveredEnterpriseList.as_view(), name="enterprise_list"),
    path("enterprises/<int:pk>/cover", cover.cover_new, name="cover_new"),
    path(
        "enterprises/<int:pk>/cover/<int:link_pk>/change", cover.cover_change, name="cover_change"
    ),
    path("enterprises/<int:pk>/cover/<int:link_pk>/end", cover.cover_end, name="cover_end"),
    path("formation/finder", finder.finder, name="formation_finder"),
    path("formation/finder/<slug:key>", finder.finder_take, name="formation_take"),
    path("formation/refresh", finder.formation_refresh, name="formation_refresh"),
    path("instructors/needed", needs.NeedList.as_view(), name="instructor_needs"),
    path("instructors/proposal", needs.proposal, name="instructor_proposal"),
    path("board/", board.show, name="board"),
    path("board/life", life.life, name="board_life"),
    path("board/outreach", outreach.outreach, name="board_outreach"),
    path("board/volume", volume.volume, name="board_volume"),
    path("board/recompute", board.recompute, name="board_recompute"),
    path("board/runs/<int:pk>/publish", board.publish, name="run_publish"),
    path("board/<slug:key>", drill.BehindNumber.as_view(), name="board_list"),
    path("ledgers/", ledgers.shelf, name="ledger_list"),
    path("ledgers/<slug:key>", ledgers.show, name="ledger"),
    path("ledgers/<slug:key>/generate", ledgers.generate, name="ledger_generate"),
    path("ledgers/issues/<int:pk>", ledgers.issue, name="ledger_issue"),
    path("ledgers/issues/<int:pk>/file", ledgers.fetch, name="ledger_file"),
    path("ledgers/issues/<int:pk>/lock", ledgers.lock, name="ledger_lock"),
]
