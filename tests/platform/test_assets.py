"""Front-end files: named one by one, without references to what is not there."""

import json
import subprocess
from pathlib import Path

import pytest

import assets
from tests.platform.installation import ROOT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose packages have been installed, each file naming a source map."""
    for source in assets.FILES.values():
        path = tmp_path / "node_modules" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        comment = (
            "/*# sourceMappingURL=x.map */"
            if path.suffix == ".css"
            else "//# sourceMappingURL=x.map"
        )
        path.write_text(f"first\n{comment}\n")
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "static").mkdir()
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "static" / "vendor")
    monkeypatch.setattr(assets, "STAMP", tmp_path / "static" / "vendor" / ".stamp")
    return tmp_path


def test_the_named_files_are_copied_without_source_maps(project: Path) -> None:
    assets.copy_files()
    for name in assets.FILES:
        assert (assets.VENDOR / name).read_text() == "first\n\n"


def test_a_changed_lock_file_asks_for_the_files_again(project: Path) -> None:
    assert not assets.ready()
    assets.copy_files()
    assert assets.ready()
    (project / "package-lock.json").write_text('{"changed": true}')
    assert not assets.ready()


def test_a_failed_fetch_leaves_the_old_files_and_says_why(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assets.copy_files()
    (project / "package-lock.json").write_text('{"changed": true}')
    monkeypatch.setattr(assets, "npm_command", lambda: ["/nowhere/npm"])
    monkeypatch.setattr("sys.argv", ["assets.py"])
    assert assets.main() == 1
    assert "前端文件未能取得" in capsys.readouterr().err
    assert (assets.VENDOR / "htmx.min.js").exists()


def test_every_library_has_an_exact_version_and_a_hash() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert version[0].isdigit(), name
        assert locked[f"node_modules/{name}"]["version"] == version
    for path, package in locked.items():
        assert not path or package["integrity"].startswith("sha512-"), path


def test_no_copied_or_installed_file_is_in_the_repository() -> None:
    answer = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tracked = [
        line for line in answer.stdout.splitlines() if "vendor/" in line or "node_modules" in line
    ]
    assert tracked == []
