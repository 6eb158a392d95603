"""How commands share engines, keys and test databases."""

from pathlib import Path

import pytest

from launch import servers


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_VAR_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DJANGO_ENV"):
        monkeypatch.delenv(name, raising=False)


def test_given_addresses_start_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@db.example/fgqydj")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db.example/fgqydj")
    monkeypatch.setenv("REDIS_URL", "redis://redis.example/0")
    with servers.engines("run") as started:
        assert started.postgres is None
        assert started.valkey is None
        assert started.environment["REDIS_URL"] == "redis://redis.example/0"
    assert list(tmp_path.iterdir()) == []


def test_one_role_for_everything_is_allowed_but_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@db.example/fgqydj")
    monkeypatch.setenv("REDIS_URL", "redis://redis.example/0")
    with servers.engines("run"):
        pass
    assert "DATABASE_OWNER_URL" in capsys.readouterr().err


def test_the_secret_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = servers._secret_file("secret_key")
    text = first.read_text()
    assert len(text.strip()) >= 50
    assert first.stat().st_mode & 0o777 == 0o600
    assert servers._secret_file("secret_key").read_text() == text


def test_two_test_runs_never_get_the_same_slot(tmp_path: Path) -> None:
    first, held = servers._free_slot(tmp_path)
    second, other = servers._free_slot(tmp_path)
    assert (first, second) == (0, 1)
    held.release()
    third, again = servers._free_slot(tmp_path)
    assert third == 0
    other.release()
    again.release()


def test_a_test_run_has_its_own_database_bell_and_files() -> None:
    with servers.test_engines() as mine, servers.test_engines() as other:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DJANGO_VAR_DIR"):
            assert mine.environment[name] != other.environment[name]
        assert mine.postgres is not None
        running = mine.postgres
    assert not running.is_running()
