"""The commands of run.py other than `up`: each joins running engines or starts and stops them."""

import signal
import subprocess
import sys
from pathlib import Path

from launch import places, prepare
from launch.servers import Engines, engines, test_engines

# Two workers, a file to each, in the order of tests/conftest.py: what a file's tests share is
# built once.
BY_FILE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
SWEEPS = {
    "scope": ["tests/sweeps"],
    "chaos": ["tests/chaos"],
    "badinput": ["tests/badinput", "tests/sweeps/odd"],
}
# These bring the schema to another state, so that the stamp of the last migration would be wrong.
SCHEMA_COMMANDS = {"migrate", "restore", "flush", "sqlflush", "dbshell"}
WITHOUT_SCHEMA = SCHEMA_COMMANDS | {"makemigrations", "check", "help", "--help", "--version"}


def _run(command: list[str], started: Engines, folder: Path | None = None) -> int:
    """The command's exit code; it alone answers Ctrl+C, the engines are stopped after it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    with subprocess.Popen(
        command, cwd=folder, env=started.environment, preexec_fn=_answer_ctrl_c
    ) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        code = process.wait()
    signal.signal(signal.SIGINT, before)
    return code


def _answer_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def manage(arguments: list[str]) -> int:
    """Any Django command, in the folder of the caller, so that file names mean what they say."""
    name = arguments[0] if arguments else "help"
    with engines("run") as started:
        if name not in WITHOUT_SCHEMA:
            prepare.migrate(started.environment)
        if name in SCHEMA_COMMANDS:
            prepare.note_migrations(started.environment, stamp="")
        return _run([*prepare.MANAGE, *arguments], started)


def demo(arguments: list[str]) -> int:
    """Build the demo county anew; the command refuses a database that holds anything else."""
    return manage(["load_demo", *arguments])


def test(arguments: list[str]) -> int:
    """pytest in databases of its own; two workers unless told otherwise."""
    parallel = [] if any(word.startswith(("-n", "--pdb")) for word in arguments) else BY_FILE
    prepare.wait_for_assets()
    with test_engines() as started:
        _compile_once(started.environment)
        command = [sys.executable, "-m", "pytest", *parallel, *arguments]
        return _run(command, started, folder=places.ROOT)


def _compile_once(environment: dict[str, str]) -> None:
    """Where no compiled file may stand beside its source, tests keep theirs in their own folder.

    Else each worker, and each of the hundred processes that tests start, compiles everything anew.
    """
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment["PYTHONPYCACHEPREFIX"] = str(places.home("test") / "compiled")


def check(arguments: list[str]) -> int:
    """One of the long checks that the README names."""
    what, rest = (arguments[0] if arguments else ""), arguments[1:]
    if what in SWEEPS:
        return test([*SWEEPS[what], *rest])
    if what == "load":
        return bench(rest, module="benchmarks.load")
    raise SystemExit(f"用法：python3 run.py check {'|'.join([*SWEEPS, 'load'])}")


def bench(arguments: list[str], *, module: str = "benchmarks.run") -> int:
    """Benchmarks, on a cluster of their own that writes as safely as the real one."""
    with engines("bench") as started:
        prepare.migrate(started.environment)
        command = [sys.executable, "-m", module, *arguments]
        return _run(command, started, folder=places.ROOT)
