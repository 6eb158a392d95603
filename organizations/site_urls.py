"""Routes under 阵地与评定."""

from django.urls import path

from organizations.views import (
    demonstrations,
    rating_lists,
    ratings,
    rectifications,
    schemes,
    site_lists,
    sites,
)

routes = [
    path("sites/", site_lists.SiteList.as_view(), name="site_list"),
    path("sites/new", sites.site_create, name="site_create"),
    path("sites/<int:pk>", sites.site_detail, name="site"),
    path("sites/<int:pk>/edit", sites.site_edit, name="site_edit"),
    path("sites/<int:pk>/close", sites.site_close, name="site_close"),
    path("sites/<int:pk>/centre", sites.site_centre, name="site_centre"),
    path("sites/<int:pk>/check", sites.site_check, name="site_check"),
    path("sites/checks/<int:pk>/rectify", rectifications.check_rectify, name="check_rectify"),
    path("sites/centres/", site_lists.CentreList.as_view(), name="centre_list"),
    path(
        "sites/demonstrations/",
        site_lists.DemonstrationList.as_view(),
        name="demonstration_list",
    ),
    path(
        "sites/demonstrations/new",
        demonstrations.demonstration_create,
        name="demonstration_create",
    ),
    path("sites/demonstrations/<int:pk>", demonstrations.demonstration, name="demonstration"),
    path(
        "sites/demonstrations/<int:pk>/edit",
        demonstrations.demonstration_edit,
        name="demonstration_edit",
    ),
    path(
        "sites/demonstrations/<int:pk>/withdraw",
        demonstrations.demonstration_withdraw,
        name="demonstration_withdraw",
    ),
    path("sites/ratings/", rating_lists.RatingList.as_view(), name="rating_list"),
    path("sites/ratings/new", ratings.rating_create, name="rating_create"),
    path("sites/ratings/<int:pk>", ratings.rating_detail, name="rating"),
    path("sites/ratings/<int:pk>/self", ratings.rating_self, name="rating_self"),
    path("sites/ratings/<int:pk>/judge", ratings.rating_judge, name="rating_judge"),
    path("sites/ratings/<int:pk>/return", ratings.rating_return, name="rating_return"),
    path("sites/ratings/<int:pk>/withdraw", ratings.rating_withdraw, name="rating_withdraw"),
    path("sites/ratings/<int:pk>/rectify", rectifications.rating_rectify, name="rating_rectify"),
    path(
        "sites/rectifications/",
        rating_lists.RectificationList.as_view(),
        name="rectification_list",
    ),
    path("sites/rectifications/<int:pk>", rectifications.rectification, name="rectification"),
    path(
        "sites/rectifications/<int:pk>/report",
        rectifications.rectification_report,
        name="rectification_report",
    ),
    path(
        "sites/rectifications/<int:pk>/verify",
        rectifications.rectification_verify,
        name="rectification_verify",
    ),
    path(
        "sites/rectifications/<int:pk>/return",
        rectifications.rectification_return,
        name="rectification_return",
    ),
    path("sites/schemes/", schemes.scheme_list, name="scheme_list"),
    path("sites/schemes/new", schemes.scheme_create, name="scheme_create"),
    path("sites/schemes/<int:pk>", schemes.scheme, name="scheme"),
    path("sites/schemes/<int:pk>/edit", schemes.scheme_edit, name="scheme_edit"),
]
