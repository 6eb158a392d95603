"""Backups: sealed well, complete, refused when damaged, and proven by a restore."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.backups import archive, sealing
from core.backups.database import Fingerprint
from tests.platform.installation import Installation, forgetful_engines

PASSPHRASE = "松柏 常青 1949"


@given(st.binary(max_size=200), st.integers(1, 64))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_sealed_opens_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, piece: int
) -> None:
    monkeypatch.setattr(sealing, "PIECE", piece)
    monkeypatch.setattr(sealing, "_key", lambda *_: bytes(32))  # slow on purpose
    plain, sealed, opened = (tmp_path / name for name in ("plain", "sealed", "opened"))
    plain.write_bytes(content)
    sealing.seal(plain, sealed, PASSPHRASE)
    sealing.unseal(sealed, opened, PASSPHRASE)
    assert opened.read_bytes() == content


def sealed_file(folder: Path) -> Path:
    (folder / "plain").write_bytes(b"x" * 100)
    sealing.seal(folder / "plain", folder / "sealed", PASSPHRASE)
    return folder / "sealed"


def test_another_passphrase_does_not_open_it_and_leaves_nothing(tmp_path: Path) -> None:
    sealed = sealed_file(tmp_path)
    with pytest.raises(sealing.WrongPassphraseError, match="口令不对"):
        sealing.unseal(sealed, tmp_path / "opened", "other")
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize("change", ["cut", "flip", "exchange"])
def test_a_changed_file_does_not_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(sealing, "PIECE", 10)
    sealed = sealed_file(tmp_path)
    head, piece = len(sealing.MAGIC) + sealing.SALT + sealing.PREFIX, 10 + sealing.TAG
    text = bytearray(sealed.read_bytes())
    if change == "cut":
        del text[-piece:]
    elif change == "flip":
        text[head + 3] ^= 1
    else:
        first, second = text[head : head + piece], text[head + piece : head + 2 * piece]
        text[head : head + 2 * piece] = second + first
    sealed.write_bytes(text)
    with pytest.raises(sealing.WrongPassphraseError):
        sealing.unseal(sealed, tmp_path / "opened", PASSPHRASE)


def test_a_difference_names_the_table_and_both_counts() -> None:
    before = {"a": Fingerprint(2, "7"), "b": Fingerprint(1, "1")}
    after = {"a": Fingerprint(1, "3"), "b": Fingerprint(1, "1")}
    (line,) = archive.differences(before, after)
    assert line.startswith("a：备份时 2 行")
    assert "恢复后 1 行" in line


@pytest.fixture(scope="module")
def stocked(installation: Installation) -> Iterator[Installation]:
    """The installation with its engines running and one uploaded file."""
    files = installation.var / "media" / "results"
    files.mkdir(parents=True, exist_ok=True)
    (files / "ledger.xlsx").write_bytes(b"ledger")
    (files / "half.xlsx.part").write_bytes(b"hal")
    with forgetful_engines(installation):
        yield installation


def backup(made: Installation, *words: str) -> subprocess.CompletedProcess[str]:
    return made.run("manage", "backup", *words, BACKUP_PASSPHRASE=PASSPHRASE)


@pytest.fixture(scope="module")
def taken(stocked: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one backup, beside the folder its keys went to."""
    root = tmp_path_factory.mktemp("backups")
    keys = root / "keys"
    made = backup(stocked, "--to", str(root), "--keys-to", str(keys))
    assert made.returncode == 0, made.stderr
    return archive.all_in(root)[0]


@pytest.fixture
def copied(taken: Path, tmp_path: Path) -> Path:
    return shutil.copytree(taken, tmp_path / taken.name)


def test_a_backup_holds_sealed_parts_and_its_keys_are_elsewhere(
    taken: Path, stocked: Installation
) -> None:
    parts = {"database.dump.sealed", "files.tar.sealed", "manifest.json"}
    assert {path.name for path in taken.iterdir()} == parts
    assert all(path.stat().st_mode & 0o077 == 0 for path in taken.iterdir())
    (sealed,) = (taken.parent / "keys").iterdir()
    keys = archive.open_keys(sealed, PASSPHRASE)
    for name, file in (("DJANGO_SECRET_KEY", "secret_key"), ("FIELD_KEYS", "field_keys")):
        assert keys[name] == (stocked.var / file).read_text().strip()


def test_a_drill_restores_and_reports(copied: Path, stocked: Installation) -> None:
    drilled = backup(stocked, "drill", "--to", str(copied.parent))
    assert drilled.returncode == 0, drilled.stderr
    assert "结论：合格" in drilled.stdout
    assert len(list(copied.parent.glob("drill-*.txt"))) == 1


def test_a_drill_notices_a_backup_that_lacks_rows(copied: Path, stocked: Installation) -> None:
    manifest = json.loads((copied / "manifest.json").read_text())
    manifest["tables"]["django_migrations"]["rows"] += 1
    (copied / "manifest.json").write_text(json.dumps(manifest))
    drilled = backup(stocked, "drill", "--to", str(copied.parent))
    assert drilled.returncode == 1
    assert "问题：django_migrations" in drilled.stdout
    assert "不合格" in drilled.stderr


def test_a_damaged_backup_is_refused(copied: Path) -> None:
    (copied / "database.dump.sealed").write_bytes(b"")
    with pytest.raises(archive.DamagedBackupError, match="缺失或已损坏"):
        archive.verify(copied)


def test_a_restore_replaces_only_on_purpose_and_keeps_the_old(
    taken: Path, stocked: Installation
) -> None:
    results = stocked.var / "media" / "results"
    (results / "ledger.xlsx").write_bytes(b"overwritten")
    words = ("manage", "restore", str(taken))
    refused = stocked.run(*words, BACKUP_PASSPHRASE=PASSPHRASE)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    restored = stocked.run(*words, "--replace", BACKUP_PASSPHRASE=PASSPHRASE)
    assert restored.returncode == 0, restored.stderr
    assert "逐表一致" in restored.stdout
    assert (results / "ledger.xlsx").read_bytes() == b"ledger"
    assert not (results / "half.xlsx.part").exists()
    kept = max(stocked.var.glob("files-before-*"))
    assert (kept / "results" / "ledger.xlsx").read_bytes() == b"overwritten"


def test_the_sealed_keys_can_be_printed_again(taken: Path, stocked: Installation) -> None:
    (sealed,) = (taken.parent / "keys").iterdir()
    printed = backup(stocked, "keys", str(sealed)).stdout.split()
    assert f"FIELD_KEYS={(stocked.var / 'field_keys').read_text().strip()}" in printed
