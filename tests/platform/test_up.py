"""`up` as an operator meets it: pages, a second start, and processes that die."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from launch import prepare
from tests.platform.installation import (
    ROOT,
    Installation,
    Running,
    get,
    oldest_process,
    wait_until,
)


@pytest.fixture(scope="module")
def running(installation: Installation) -> Iterator[Running]:
    with installation.up() as started:
        yield started


def test_the_site_is_ready_once_it_says_so(running: Running) -> None:
    assert get(running.port, "/healthz") == (200, "ok\n")
    assert get(running.port, "/readyz") == (200, '{"database": "ok", "broker": "ok"}')


def test_the_address_is_printed(running: Running) -> None:
    assert f"http://127.0.0.1:{running.port}/" in running.said()


def test_a_second_start_is_refused_and_names_the_first(
    running: Running, installation: Installation
) -> None:
    second = installation.run("up")
    assert second.returncode == 3
    assert f"http://127.0.0.1:{running.port}/" in second.stdout
    assert "系统已在运行" in second.stdout


def test_a_command_joins_the_running_engines_and_leaves_them(
    running: Running, installation: Installation
) -> None:
    server = oldest_process(installation, "bin/postgres -D")
    assert installation.run("manage", "check").returncode == 0
    assert oldest_process(installation, "bin/postgres -D") == server
    assert get(running.port, "/readyz")[0] == 200


def test_a_taken_port_is_named(running: Running, tmp_path: Path) -> None:
    refused = Installation(tmp_path).run("up", str(running.port))
    assert refused.returncode == 1
    assert f"端口 {running.port}" in refused.stderr
    assert f"run.py up {running.port + 1}" in refused.stderr


def test_a_database_that_lost_its_stamp_is_migrated_again(
    running: Running, installation: Installation
) -> None:
    addresses = {"DATABASE_OWNER_URL": installation.database_url("owner")}
    assert prepare.migrate_command(addresses) is None
    prepare.note_migrations(addresses, stamp="")
    assert prepare.migrate_command(addresses) is not None
    prepare.note_migrations(addresses)
    assert prepare.migrate_command(addresses) is None


def test_production_refuses_a_superuser_as_serving_role(
    running: Running, installation: Installation
) -> None:
    refused = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env=installation.production(DATABASE_URL=installation.database_url("postgres")),
        capture_output=True,
        text=True,
    )
    assert refused.returncode == 1
    assert "DATABASE_URL" in refused.stderr
    assert "超级用户" in refused.stderr


def test_the_serving_role_cannot_change_tables_or_the_log(
    running: Running, installation: Installation
) -> None:
    connection = psycopg2.connect(
        installation.database_url("app").replace("postgres:", "postgresql:")
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        for forbidden in ("create table t (n int)", "delete from core_auditentry"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(forbidden)
    connection.close()


def test_chinese_words_have_trigrams(running: Running, installation: Installation) -> None:
    connection = psycopg2.connect(
        installation.database_url("app").replace("postgres:", "postgresql:")
    )
    with connection.cursor() as cursor:
        cursor.execute("select cardinality(show_trgm('县政府'))")
        assert cursor.fetchone() == (4,)
    connection.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("网页服务", "serve.py"),
        ("任务巡检进程", "sweep_jobs"),
        ("PostgreSQL", "bin/postgres -D"),
        ("Valkey", "valkey-server"),
    ],
)
def test_what_dies_is_started_again(
    running: Running, installation: Installation, name: str, words: str
) -> None:
    wait_until(lambda: oldest_process(installation, words), f"{name} runs")
    died = oldest_process(installation, words)
    os.kill(died, signal.SIGKILL)
    running.wait_for(f"{name}意外退出" if words.endswith(("py", "jobs")) else f"{name} 意外退出")
    wait_until(lambda: oldest_process(installation, words) not in (0, died), f"{name} again")
    ready = (200, '{"database": "ok", "broker": "ok"}')
    wait_until(lambda: get(running.port, "/readyz") == ready, "ready again")
