""".env.example lists exactly the variables that the product reads."""

import re
from pathlib import Path

from tests.platform.installation import ROOT

NAME = re.compile(
    r"""(?:env\.\w+|environ(?:\.(?:get|setdefault))?)[(\[]\s*f?["']([A-Z][A-Z_]+)["']"""
)
SECRET = re.compile(r"""env\.secret\(\s*["']([A-Z_]+)["']""")
SOURCES = ("config", "core", "accounts", "organizations", "enterprises", "members", "launch")
# Set by our own programs for each other, by tests, or by the system.
INTERNAL = {"CRASH_AT", "DJANGO_SETTINGS_MODULE", "PATH", "PYTHONPATH", "TMPDIR"}


def read_by_code() -> set[str]:
    files = [path for folder in SOURCES for path in (ROOT / folder).rglob("*.py")]
    files += [ROOT / "deploy" / "gunicorn.conf.py", ROOT / "assets.py", ROOT / "manage.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    names = set(NAME.findall(text)) | {f"{name}_FILE" for name in SECRET.findall(text)}
    return {name for name in names - INTERNAL if not name.startswith("RUN_PY_")}


def listed() -> list[str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return re.findall(r"(?m)^([A-Z_]+)=", text)


def test_the_example_lists_what_the_code_reads() -> None:
    assert set(listed()) == read_by_code()


def test_no_variable_is_listed_twice() -> None:
    assert len(listed()) == len(set(listed()))


def test_the_production_examples_use_known_variables() -> None:
    for name in ("app.env.example", "owner.env.example"):
        text = Path(ROOT / "deploy" / name).read_text(encoding="utf-8")
        assert set(re.findall(r"(?m)^([A-Z_]+)=", text)) <= set(listed()), name
