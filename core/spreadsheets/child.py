"""The child process that parses an upload under memory and time limits.

    python -m core.spreadsheets.child FOLDER

FOLDER holds request.json; the answer is book.json or error.json beside it.  Whatever kills this
process (memory, time, a crash of the parser) is an answer too: the parent refuses the file.
"""

import errno
import json
import os
import resource
import sys
from pathlib import Path

from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits
from core.spreadsheets.parse import parse_file

REQUEST, BOOK, ERROR = "request.json", "book.json", "error.json"


def confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(folder: Path, name: str, content: object) -> None:
    """Written whole or not at all: the parent may look at any moment."""
    partial = folder / f"{name}.part"
    partial.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    partial.replace(folder / name)


def report(rows: int) -> None:
    """Tell the parent how far we are; it may have stopped listening."""
    try:
        os.write(sys.stdout.fileno(), b"%d\n" % rows)
    except OSError:
        sys.exit(1)


def work(folder: Path) -> None:
    """Read the request and leave an answer."""
    request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    limits = Limits(**request["limits"])
    try:
        book = parse_file(Path(request["path"]), request["name"], folder, limits, report)
        answer(folder, BOOK, book)
    except FileError as refused:
        answer(folder, ERROR, [refused.code, refused.facts])
    except MemoryError:
        answer(folder, ERROR, ["E-FILE-07", {"what": "内容超出内存上限"}])
    except OSError as failed:
        if failed.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        answer(folder, ERROR, ["E-IO-01", {}])


if __name__ == "__main__":
    place = Path(sys.argv[1])
    confine(Limits(**json.loads((place / REQUEST).read_text(encoding="utf-8"))["limits"]))
    work(place)
