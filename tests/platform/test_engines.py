"""The embedded servers in the situations that a machine can bring them into."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch import binaries, places, postgres
from launch.postgres import FAST_AND_FORGETFUL, Postgres
from launch.valkey import Valkey
from tests.platform.installation import processes_of


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """One cluster for the module, stopped between tests by those that need it so."""
    made = Postgres(tmp_path_factory.mktemp("engines"), settings=FAST_AND_FORGETFUL)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def stopped(cluster: Postgres) -> Iterator[Postgres]:
    cluster.stop()
    yield cluster
    cluster.start()


def answers(server: Postgres) -> bool:
    code, output = server._call("psql", *server._psql(), text="select 6 * 7")
    return code == 0 and "42" in output


def test_a_second_driver_joins_the_running_server(cluster: Postgres) -> None:
    before = cluster._pid_file_lines()[0]
    joining = Postgres(cluster.runner.home, settings=FAST_AND_FORGETFUL)
    joining.start()
    assert joining._pid_file_lines()[0] == before
    assert answers(joining)


def test_variables_of_the_caller_do_not_lead_to_another_server(
    cluster: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c no_such_setting=1")
    monkeypatch.setenv("PGHOST", "db.example")
    assert answers(cluster)


def test_both_roles_exist_and_neither_is_a_superuser(cluster: Postgres) -> None:
    query = "select rolname, rolsuper from pg_roles where rolname in ('owner', 'app') order by 1"
    _, output = cluster._call("psql", "-A", "-t", *cluster._psql(), text=query)
    assert output.split() == ["app|f", "owner|f"]


def test_the_locks_of_a_copied_folder_are_not_taken_for_ours(
    stopped: Postgres, tmp_path: Path
) -> None:
    shutil.copytree(stopped.data, tmp_path / "pg")
    copy = Postgres(tmp_path, settings=FAST_AND_FORGETFUL)
    stopped.start()
    shutil.copy(stopped.data / "postmaster.pid", tmp_path / "pg")
    shutil.copy(stopped.sockets / ".s.PGSQL.5432.lock", copy.sockets)
    assert not copy.is_running()
    copy.start()
    try:
        assert copy._pid_file_lines()[0] != stopped._pid_file_lines()[0]
        assert answers(copy)
        assert answers(stopped)
    finally:
        copy.stop()


def test_a_dead_server_that_nobody_reaped_does_not_stop_the_next(stopped: Postgres) -> None:
    zombie = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    lines = [str(zombie.pid), str(stopped.data), "0", "5432", str(stopped.sockets), "", "", ""]
    (stopped.data / "postmaster.pid").write_text("\n".join(lines))
    assert not stopped.is_running()
    stopped.patience = 0
    stopped.start()
    assert answers(stopped)
    zombie.wait()


def test_data_of_another_version_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(SystemExit, match="PostgreSQL 9 的数据"):
        Postgres(tmp_path)


def test_without_any_binaries_the_variable_to_set_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDED_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(SystemExit, match="DATABASE_URL"):
        Postgres(tmp_path)


def test_a_small_or_missing_shared_memory_is_replaced_by_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(_path: str) -> os.statvfs_result:
        raise FileNotFoundError

    monkeypatch.setattr(os, "statvfs", missing)
    assert postgres._shared_memory_settings() == ["dynamic_shared_memory_type=mmap"]


def test_a_user_without_a_name_runs_in_a_namespace(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    monkeypatch.setattr(binaries, "_namespace_allowed", lambda: True)
    assert binaries.runner_for(tmp_path, tmp_path).mode == "userns"


@pytest.mark.parametrize("name", ["数据 目录", "d" * 120])
def test_a_path_that_no_socket_can_have_gets_a_private_short_one(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    short = places.socket_dir(folder, "vk.sock")
    try:
        assert len(os.fsencode(short / "vk.sock")) < places.SOCKET_LIMIT
        assert short.stat().st_mode & 0o777 == 0o700
        assert places.socket_dir(tmp_path / "elsewhere" / name, "vk.sock") != short
    finally:
        places.forget_socket_dir(folder)
    assert not short.exists()


def test_a_short_folder_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    short = places.socket_dir(folder, "vk.sock")
    short.chmod(0o755)
    try:
        with pytest.raises(SystemExit, match=str(short)):
            places.socket_dir(folder, "vk.sock")
    finally:
        short.rmdir()


def test_valkey_is_joined_and_stopped_by_its_socket(tmp_path: Path) -> None:
    first, second = Valkey(tmp_path), Valkey(tmp_path)
    first.start()
    second.start()
    assert len(processes_of(tmp_path)) == 1
    second.stop()
    assert not first.is_running()
    assert processes_of(tmp_path) == {}
    first.stop()  # takes note of the end


def test_a_lock_keeps_others_out_until_it_is_released(tmp_path: Path) -> None:
    mine, other = places.Lock(tmp_path / "lock"), places.Lock(tmp_path / "lock")
    assert mine.acquire(shared=True)
    assert other.acquire(shared=True, wait=False)
    assert not mine.acquire(wait=False)
    other.release()
    assert mine.acquire(wait=False)
