"""The repository holds our own work alone: no library, no binary, no data of real people."""

import subprocess
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("*.min.js", "*.min.css", "*bootstrap*.css", "*bootstrap*.js", "*htmx*.js", "*.map")
BINARIES = ("*.xlsx", "*.xls", "*.docx", "*.zip", "*.png", "*.jpg", "*.woff*", "*.ttf", "*.whl")
LARGEST = 100_000  # bytes; nothing that people write is longer
WRITTEN_BY_TOOLS = ("package-lock.json", "*/migrations/0001_initial.py")


def tracked(*patterns: str) -> list[str]:
    """Paths under version control, or all source files where the history was left out."""
    answer = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode == 0:
        paths = [path for path in answer.stdout.split("\0") if path and (ROOT / path).is_file()]
    else:
        skip = {".venv", "node_modules", "var", "vendor", "__pycache__", ".git"}
        paths = [
            str(path.relative_to(ROOT))
            for path in ROOT.rglob("*")
            if path.is_file() and not skip.intersection(path.relative_to(ROOT).parts)
        ]
    return [path for path in paths if any(fnmatch(path, pattern) for pattern in patterns)]


def test_no_third_party_file_is_kept() -> None:
    assert tracked(*LIBRARIES) == []


def test_no_binary_is_kept() -> None:
    assert tracked(*BINARIES) == []


def test_nothing_is_larger_than_what_people_write() -> None:
    large = {path for path in tracked("*") if (ROOT / path).stat().st_size > LARGEST}
    assert large - set(tracked(*WRITTEN_BY_TOOLS)) == set()


def test_requirements_are_pinned_to_one_version() -> None:
    for name in ("requirements.txt", "requirements-embedded.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r ", " ")):
                assert "==" in line, f"{name}: {line}"
