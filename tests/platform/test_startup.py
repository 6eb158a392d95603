"""What a start refuses, and that it names the variable to correct (security S57)."""

import runpy
from pathlib import Path

import pytest

from launch.servers import refuse_embedded_in_production
from tests.platform.installation import ROOT

GOOD = {
    "DJANGO_ENV": "production",
    "DJANGO_SECRET_KEY": "".join(chr(97 + n % 26) for n in range(60)),
    "FIELD_KEYS": "".join(chr(122 - n % 26) for n in range(60)),
    "DJANGO_ALLOWED_HOSTS": "dangjian.example",
    "DATABASE_URL": "postgres://app@db.example/fgqydj",
    "REDIS_URL": "redis://redis.example/0",
}


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (
        "DATABASE_OWNER_URL",
        "DJANGO_DB_ROLE",
        "DJANGO_SECRET_KEY_FILE",
        "FIELD_KEYS_FILE",
        "FIELD_CIPHER",
    ):
        monkeypatch.delenv(name, raising=False)
    for name, text in GOOD.items():
        monkeypatch.setenv(name, text)
    return monkeypatch


def load_settings() -> None:
    runpy.run_path(str(ROOT / "config" / "settings.py"))


def refusal() -> str:
    with pytest.raises(SystemExit) as refused:
        load_settings()
    assert refused.value.code not in (0, None)
    return str(refused.value)


def test_a_complete_production_environment_starts(production: pytest.MonkeyPatch) -> None:
    load_settings()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DJANGO_SECRET_KEY", "", "密钥"),
        ("DJANGO_SECRET_KEY", "short", "不少于 50"),
        ("DJANGO_SECRET_KEY", "development-only-" + "x" * 40, "密钥"),
        ("FIELD_KEYS", "", "密钥"),
        ("FIELD_CIPHER", "des", "aes 或 sm4"),
        ("DJANGO_DEBUG", "1", "调试"),
        ("DJANGO_ALLOWED_HOSTS", "", "域名"),
        ("DATABASE_URL", "", "内置数据库"),
        ("REDIS_URL", "", "内置数据库"),
        ("DATABASE_URL", "mysql://app@db/fgqydj", "PostgreSQL"),
        ("DJANGO_ENV", "prod", "production"),
        ("UPLOAD_MAX_MB", "many", "整数"),
        ("DJANGO_DEBUG", "perhaps", "应为"),
    ],
)
def test_an_unsafe_or_senseless_value_is_refused_by_name(
    production: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    production.setenv(name, value)
    said = refusal()
    assert name in said
    assert reason in said


def test_a_key_file_that_others_can_read_is_refused(
    production: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text(GOOD["DJANGO_SECRET_KEY"])
    production.setenv("DJANGO_SECRET_KEY_FILE", str(key))
    key.chmod(0o600)
    load_settings()
    key.chmod(0o644)
    assert "DJANGO_SECRET_KEY_FILE" in refusal()


def test_a_key_file_that_is_not_there_is_refused(production: pytest.MonkeyPatch) -> None:
    production.setenv("DJANGO_SECRET_KEY_FILE", "/nowhere/key")
    assert "DJANGO_SECRET_KEY_FILE" in refusal()


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_no_server_of_our_own_is_started_in_production(
    production: pytest.MonkeyPatch, name: str
) -> None:
    production.delenv(name)
    with pytest.raises(SystemExit, match=name):
        refuse_embedded_in_production("DATABASE_URL", "REDIS_URL")
