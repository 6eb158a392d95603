"""Makes dist/fgqydj-VERSION.tar.gz, from which a machine without any package index can be set up.

    python deploy/make_bundle.py [--python 3.11] [--platform manylinux_2_28_x86_64]

Needs the package indexes once: Python wheels go to wheelhouse/, front-end files to
app/static/vendor/.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ("requirements.txt", "requirements-embedded.txt")

# pip reads conditions on the exact Python version with the version that it runs on itself;
# redis needs async-timeout before 3.11.3, which is what Debian 12 has.
EXTRA = ("async-timeout", "pip")


def version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        return str(tomllib.load(stream)["project"]["version"])


def copy_source(target: Path) -> None:
    """What the repository holds at its last commit, without tests and without its history."""
    packed = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True)
    target.mkdir(parents=True)
    subprocess.run(["tar", "-x", "-C", target], input=packed.stdout, check=True)
    for name in ("tests", "benchmarks", ".ci"):
        shutil.rmtree(target / name, ignore_errors=True)


def copy_assets(target: Path) -> None:
    subprocess.run([sys.executable, ROOT / "assets.py"], check=True)
    shutil.copytree(ROOT / "static" / "vendor", target / "static" / "vendor")


def download_wheels(target: Path, python: str, platforms: list[str]) -> None:
    """Wheels alone, for the machine that will run them, which may not be this one."""
    where = ["--python-version", python, "--only-binary=:all:", "-d", str(target)]
    where += [word for platform in platforms for word in ("--platform", platform)]
    download = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
    subprocess.run([*download, *where, "-r", str(ROOT / REQUIREMENTS[0])], check=True)
    engines = ["--no-deps", "--require-hashes", "-r", str(ROOT / REQUIREMENTS[1])]
    subprocess.run([*download, *where, *engines], check=True)
    subprocess.run([*download, *where, "--no-deps", *EXTRA], check=True)


def write_checksums(folder: Path) -> None:
    """`sha256sum -c SHA256SUMS` on the other side of the gap."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    (folder / "SHA256SUMS").write_text("".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description="制作离线安装包")
    parser.add_argument("--python", default="{}.{}".format(*sys.version_info[:2]))
    parser.add_argument("--platform", action="append", default=[])
    given = parser.parse_args()
    platforms = given.platform or ["manylinux_2_28_x86_64", "manylinux2014_x86_64"]
    name = f"fgqydj-{version()}"
    folder = ROOT / "dist" / name
    shutil.rmtree(folder, ignore_errors=True)
    copy_source(folder / "app")
    copy_assets(folder / "app")
    download_wheels(folder / "wheelhouse", given.python, platforms)
    for script in ("install.sh", "compose.yaml"):
        shutil.copy(ROOT / "deploy" / script, folder)
    (folder / "PYTHON").write_text(given.python + "\n")
    write_checksums(folder)
    with tarfile.open(ROOT / "dist" / f"{name}.tar.gz", "w:gz") as packed:
        packed.add(folder, arcname=name)
    print(f"离线安装包：{ROOT / 'dist' / name}.tar.gz")


if __name__ == "__main__":
    main()
