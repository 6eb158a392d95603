"""How `up` ends: cleanly by Ctrl+C, without loss by SIGKILL, and how the next start goes on."""

import os
import signal
import subprocess
import sys

from tests.platform.installation import (
    PATIENCE,
    ROOT,
    Installation,
    get,
    oldest_process,
    processes_of,
    wait_until,
)


def test_ctrl_c_stops_everything_and_says_so(installation: Installation) -> None:
    with installation.up() as running:
        wait_until(lambda: oldest_process(installation, "celery"), "the worker runs")
        assert running.stop() == 0
    assert "已停止。" in running.said()
    assert processes_of(installation.var) == {}


def test_a_command_that_is_ended_stops_the_engines_it_started(installation: Installation) -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "launch", "bench", "--size", "1k"],
        cwd=ROOT,
        env=installation.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: oldest_process(installation, "bin/postgres -D"), "the engines start")
    command.terminate()
    assert command.wait(PATIENCE) != 0
    assert processes_of(installation.var) == {}


def test_after_a_killed_supervisor_the_next_start_takes_over_its_server(
    installation: Installation,
) -> None:
    with installation.up() as running:
        wait_until(lambda: oldest_process(installation, "sweep_jobs"), "all children run")
        server = oldest_process(installation, "bin/postgres -D")
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        wait_until(lambda: not oldest_process(installation, "serve.py"), "the web server left")
        wait_until(lambda: not oldest_process(installation, "celery"), "the worker left")
    with installation.up() as running:
        assert oldest_process(installation, "bin/postgres -D") == server
        assert get(running.port, "/readyz")[0] == 200
        assert running.stop() == 0
    assert processes_of(installation.var) == {}
