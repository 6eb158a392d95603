"""Typed readers of environment variables; a bad value stops the start and names the variable."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


class SettingError(SystemExit):
    """A setting that must be corrected before the program may start."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"环境变量 {name}：{problem}")
        self.name = name


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def choice(name: str, *allowed: str) -> str:
    """One of the allowed words, the first unless set."""
    found = text(name, allowed[0])
    if found not in allowed:
        raise SettingError(name, f"应为 {'、'.join(allowed[:-1])} 或 {allowed[-1]}")
    return found


def flag(name: str, *, default: bool = False) -> bool:
    raw = text(name).lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise SettingError(name, f"应为 1 或 0，现为“{raw}”")


def number(name: str, default: int, *, low: int = 0, high: int = 2**63) -> int:
    raw = text(name)
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise SettingError(name, f"应为整数，现为“{raw}”") from None
    if not low <= value <= high:
        raise SettingError(name, f"应在 {low} 与 {high} 之间，现为 {value}")
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, default: str = "") -> str:
    """The variable itself, or the content of the file that NAME_FILE points to."""
    path = text(f"{name}_FILE")
    if not path:
        return text(name, default)
    try:
        if Path(path).stat().st_mode & 0o007:
            raise SettingError(f"{name}_FILE", f"{path} 其他用户可读写，应改为 0600")
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise SettingError(f"{name}_FILE", f"读不到文件 {path}（{problem.strerror}）") from None


def database(url: str, name: str) -> dict[str, Any]:
    """Django's connection settings out of postgres://user:password@host:port/name?host=/socket."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError(name, "只支持 PostgreSQL，应以 postgres:// 开头")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    options = {key: value for key, value in query.items() if key != "host"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
