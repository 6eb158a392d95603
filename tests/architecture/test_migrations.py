"""Migrations form one line in the order of the apps and only go forward."""

from itertools import pairwise

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

LINE = (
    ("accounts", "0001"),
    ("organizations", "0001"),
    ("accounts", "0002"),
    ("core", "0001"),
    ("enterprises", "0001"),
    ("members", "0001"),
    ("reports", "0001"),
)
BESIDE = (("members", "0001"), ("activities", "0001"))
OURS = {app for app, _ in (*LINE, *BESIDE)}


def loader() -> MigrationLoader:
    return MigrationLoader(None)


def test_no_app_has_two_last_migrations() -> None:
    graph = loader().graph
    for app in OURS & {config.label for config in apps.get_app_configs()}:
        assert len(graph.leaf_nodes(app)) <= 1


def test_the_first_migrations_stand_in_the_order_of_the_apps() -> None:
    graph = loader().graph
    keys = {(app, name[:4]): (app, name) for app, name in graph.nodes}
    for before, after in (*pairwise(LINE), BESIDE):
        assert keys[before] in graph.forwards_plan(keys[after]), f"{after} must follow {before}"


def test_migrations_of_an_app_follow_each_other() -> None:
    graph = loader().graph
    for app in OURS:
        names = sorted(name for label, name in graph.nodes if label == app)
        for before, after in pairwise(names):
            assert (app, before) in graph.forwards_plan((app, after))
