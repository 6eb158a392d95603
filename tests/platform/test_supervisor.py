"""What the supervisor does with children that stay, fall or finish."""

import sys
import time
from collections.abc import Iterator

import pytest

from launch import supervisor
from launch.supervisor import Child, Supervisor
from tests.platform.installation import wait_until

POLITE = "import signal; print(flush=True); signal.pause()"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {POLITE}"
SECOND_CALL = """
import signal, sys
def once(*_):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
signal.signal(signal.SIGTERM, once)
print(flush=True)
while True:
    signal.pause()
"""


@pytest.fixture
def watching(monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    monkeypatch.setattr(supervisor, "HURRY", 0.2)
    monkeypatch.setattr(supervisor, "GRACE", 0.4)
    made = Supervisor({})
    yield made
    made.stop()


def started(watching: Supervisor, program: str) -> Child:
    child = Child("child", [sys.executable, "-c", program])
    watching.add(child)
    return child


def code(child: Child) -> int | None:
    return child.process.poll() if child.process else None


@pytest.mark.parametrize(("program", "ended"), [(POLITE, -15), (DEAF, -9), (SECOND_CALL, 7)])
def test_a_child_is_asked_twice_and_then_made_to_leave(
    watching: Supervisor, capfd: pytest.CaptureFixture[str], program: str, ended: int
) -> None:
    child = started(watching, program)
    wait_until(lambda: "\n" in capfd.readouterr().out, "the child listens")
    watching.stop()
    assert code(child) == ended


def test_a_child_that_falls_again_and_again_waits_longer_each_time(
    watching: Supervisor, capfd: pytest.CaptureFixture[str]
) -> None:
    child = started(watching, "raise SystemExit(3)")
    delays = []
    for _ in range(3):
        wait_until(lambda: code(child) is not None, "the child falls")
        watching.look_after()
        delays.append(round(child.start_at - time.monotonic()))
        child.start_at = 0
        watching.look_after()
    assert delays == [1, 2, 4]
    assert "child意外退出（代码 3），4 秒后重新启动。" in capfd.readouterr().out


def test_a_task_that_ends_is_reported_and_not_repeated(watching: Supervisor) -> None:
    ended: list[int] = []
    child = Child("task", [sys.executable, "-c", ""], once=True, when_done=ended.append)
    watching.add(child)
    wait_until(lambda: code(child) is not None, "the task ends")
    watching.look_after()
    watching.look_after()
    assert ended == [0]
    assert watching.children == []


def test_a_step_gives_its_code_and_stops_on_ctrl_c(watching: Supervisor) -> None:
    assert watching.run_step([sys.executable, "-c", "raise SystemExit(5)"]) == 5
    watching.stopping.set()
    assert watching.run_step([sys.executable, "-c", POLITE]) == -1
