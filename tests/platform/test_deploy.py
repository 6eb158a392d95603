"""Compose file, units and proxy: well formed, of one mind, and their commands really serve."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from celery import Celery

from tests.platform.installation import (
    PATIENCE,
    ROOT,
    Installation,
    forgetful_engines,
    free_port,
    get,
    wait_until,
)

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = ("web", "worker", "worker-import", "beat", "sweeper")
PYTHON = "/opt/fgqydj/venv/bin/python"
SPARE = "/var/lib/fgqydj"


class Unit(ConfigParser):
    """A unit file; names are case-sensitive and may repeat."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None)
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read_string(path.read_text(encoding="utf-8"))

    @property
    def command(self) -> list[str]:
        return shlex.split(self["Service"]["ExecStart"].replace("%%", "%"))


def unit(name: str) -> Unit:
    return Unit(DEPLOY / "systemd" / f"fgqydj-{name}.service")


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def test_containers_and_units_run_the_same_commands() -> None:
    services = compose()["services"]
    for name in SERVICES:
        assert unit(name).command == [PYTHON, *services[name]["command"][1:]], name


def test_every_queue_has_a_worker() -> None:
    commands = [unit(name).command for name in ("worker", "worker-import")]
    queues = {q for words in commands for q in words[words.index("-Q") + 1].split(",")}
    assert queues == {"import", "export", "short"}


def test_only_tools_know_the_owner_of_the_database() -> None:
    for name, service in compose()["services"].items():
        knows = "owner.env" in service.get("env_file", [])
        assert knows == (name in {"migrate", "backup"}), name
    for path in UNITS:
        knows = "owner.env" in path.read_text()
        assert knows == (path.name == "fgqydj-backup.service"), path.name


def test_every_volume_and_dependency_of_the_compose_file_is_declared() -> None:
    parsed = compose()
    for name, service in parsed["services"].items():
        assert set(service.get("depends_on", {})) <= set(parsed["services"]), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source.startswith("./") or source in parsed["volumes"], (name, volume)


def test_mounted_and_built_files_exist() -> None:
    for service in compose()["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./app/"):
                assert (ROOT / source.removeprefix("./app/")).exists(), source
    assert compose()["services"]["web"]["build"]["dockerfile"] == "app/deploy/Dockerfile"


def test_the_target_wants_every_unit() -> None:
    wanted = Unit(DEPLOY / "systemd" / "fgqydj.target")["Unit"]["Wants"].split()
    units = {path.name for path in UNITS} - {"fgqydj.target", "fgqydj-backup.service"}
    assert set(wanted) == units


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """By its own verifier where the machine has it, with paths that exist here."""
    for path in UNITS:
        text = path.read_text().replace(PYTHON, sys.executable)
        text = text.replace("/opt/fgqydj/app", str(ROOT)).replace("User=fgqydj", "User=root")
        (tmp_path / path.name).write_text(text.replace("Group=fgqydj", "Group=root"))
        assert Unit(tmp_path / path.name).sections(), path.name
    verifier = shutil.which("systemd-analyze")
    if verifier:
        checked = subprocess.run(
            [verifier, "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
            capture_output=True,
            text=True,
        )
        ours = [line for line in checked.stderr.splitlines() if "fgqydj" in line]
        assert ours == []
        assert checked.returncode == 0


def test_the_proxy_names_an_upstream_that_each_variant_defines() -> None:
    text = (DEPLOY / "nginx" / "fgqydj.conf").read_text()
    assert text.count("{") == text.count("}")
    (name,) = set(re.findall(r"proxy_pass http://(\w+);", text))
    for variant in ("compose", "local"):
        assert f"upstream {name} " in (DEPLOY / "nginx" / f"upstream.{variant}.conf").read_text()


def test_scripts_are_shell() -> None:
    scripts = [*DEPLOY.rglob("*.sh"), ROOT / ".ci" / "run"]
    for script in scripts:
        assert os.access(script, os.X_OK), script
        subprocess.run(["bash", "-n", script], check=True)


@pytest.fixture(scope="module")
def engines(installation: Installation) -> Iterator[Installation]:
    with forgetful_engines(installation):
        yield installation


def test_the_commands_of_the_units_serve_in_production(engines: Installation) -> None:
    """All five at once, as systemd would start them, until the site is ready; then a clean stop."""
    port, started = free_port(), {}
    output = engines.var / "processes.log"
    environment = engines.production(WEB_BIND=f"127.0.0.1:{port}", WEB_PROCESSES="1")
    with ExitStack() as stack, output.open("wb") as log:
        for name in SERVICES:
            words = [word.replace(SPARE, str(engines.var)) for word in unit(name).command]
            started[name] = subprocess.Popen(
                [sys.executable, *words[1:]],
                cwd=ROOT,
                env=environment | {"REMAP_SIGTERM": "SIGQUIT"},
                stdout=log,
                stderr=log,
            )
            stack.enter_context(_ended(started[name]))
        wait_until(lambda: get(port, "/readyz")[0] == 200, "ready")
        redirected, _ = get(port, "/", Host="dangjian.example")
        assert redirected == 301
        assert get(port, "/", Host="other.example", **{"X-Forwarded-Proto": "https"})[0] == 400
        bell = environment["REDIS_URL"]
        wait_until(lambda: _answering_workers(bell) == {"general", "import"}, "both workers answer")
        for name, process in started.items():
            assert process.poll() is None, (name, output.read_text())
            process.send_signal(signal.SIGTERM)
        codes = {name: process.wait(PATIENCE) for name, process in started.items()}
    # A worker that hands its jobs back (SIGQUIT) ends with 1, which its unit counts as success.
    assert {name: code for name, code in codes.items() if "worker" not in name} == {
        "web": 0,
        "beat": 0,
        "sweeper": 0,
    }
    for name in ("worker", "worker-import"):
        assert codes[name] in (0, int(unit(name)["Service"]["SuccessExitStatus"]))


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever happens, the process is gone afterwards."""
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _answering_workers(address: str) -> set[str]:
    """The part before the @ of each worker that answers over the bell."""
    with Celery(broker=address) as asking:
        replies = asking.control.ping(timeout=1)
    return {name.split("@")[0] for reply in replies for name in reply}
