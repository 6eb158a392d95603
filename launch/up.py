"""`run.py up`: the whole application on this machine, until Ctrl+C."""

import http.client
import json
import multiprocessing
import os
import socket
import sys
import time

from launch import places, prepare
from launch.servers import Engines, engines
from launch.supervisor import Child, Supervisor, say

DEFAULT_PORT = 8000
PORTS_TO_TRY = 20
QUEUES = "import,export,short"
WEB = "网页服务"
WARM_UP_LIMIT = 60  # seconds to the first answer
FIRST_TRIES = 3  # a web server that falls this often before its first answer will not come up
ENGINE_CHECK = 2  # seconds between looks at PostgreSQL and Valkey


def listen(wanted: int | None) -> socket.socket:
    """A socket for this machine only; without a wanted port the first free one from 8000."""
    ports = [wanted] if wanted is not None else range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TO_TRY)
    for port in ports:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError:
            listening.close()
            continue
        listening.listen(128)
        return listening
    raise SystemExit(
        f"端口 {ports[0]} 已被占用或不可用，请换一个：python3 run.py up {ports[0] + 1}。"
        f" Port {ports[0]} is not available."
    )


def worker_pool() -> str:
    """Processes, or threads where POSIX semaphores are not allowed (no writable /dev/shm)."""
    try:
        multiprocessing.get_context("fork").Lock()  # this kind starts no helper process
    except (OSError, ImportError):
        return "threads"
    return "prefork"


def worker_command() -> list[str]:
    words = ["worker", "-Q", QUEUES, "-c", "2", "-P", worker_pool(), "-l", "warning"]
    return [*_celery(), *words, "--without-gossip", "--without-mingle"]


def beat_command() -> list[str]:
    schedule = places.home("run") / "beat"
    return [*_celery(), "beat", "-l", "warning", "--pidfile=", "-s", str(schedule)]


def _celery() -> list[str]:
    # Celery's warning about root is for production; here the supervisor's user is the only one.
    quiet = ["-W", "ignore:You're running the worker with superuser privileges"]
    return [sys.executable, *quiet, "-m", "celery", "-q", "-A", "config.celery"]


def web_child(listening: socket.socket) -> Child:
    descriptor = listening.fileno()
    command = [sys.executable, str(places.ROOT / "serve.py"), f"fd:{descriptor}"]
    return Child(WEB, command, keep_open=(descriptor,))


class Up:
    """One run of the application."""

    def __init__(self, listening: socket.socket, started: Engines, *, demo: bool) -> None:
        self.listening = listening
        self.engines = started
        self.demo = demo
        self.supervisor = Supervisor(started.environment | {"REMAP_SIGTERM": "SIGQUIT"})
        self.assets_pid = int(os.environ.pop("RUN_PY_ASSETS_PID", "0"))
        self.address = "http://{}:{}/".format(*listening.getsockname())
        self.assets_awaited = True
        self.next_engine_check = 0.0

    def run(self) -> int:
        self.supervisor.listen_to_signals()
        try:
            if not (self._prepare() and self._serve()):
                return 0 if self.supervisor.stopping.is_set() else 1
            self._start_the_rest()
            while not self.supervisor.stopping.wait(0.2):
                self._look_around()
        finally:
            say("正在停止……")
            self.supervisor.stop()
        return 0

    def _prepare(self) -> bool:
        command = prepare.migrate_command(self.engines.environment)
        if command:
            code = self.supervisor.run_step(command)
            if code:
                say("" if self.supervisor.stopping.is_set() else "数据库迁移失败，请看上面的提示。")
                return False
            prepare.note_migrations(self.engines.environment)
        (places.var_dir() / "staticfiles").mkdir(exist_ok=True)
        if self._assets_ended() and prepare.assets_are_ready():
            self.assets_awaited = False
            self._collect_static_files()
        return True

    def _serve(self) -> bool:
        """Start the web server and wait for its first answer."""
        web = web_child(self.listening)
        self.supervisor.add(web)
        end = time.monotonic() + WARM_UP_LIMIT
        while not self._answers():
            if self.supervisor.stopping.wait(0.05):
                return False
            self.supervisor.look_after()
            if web.failures == FIRST_TRIES or time.monotonic() > end:
                say("网页服务未能启动，请看上面的提示。")
                return False
        say(f"系统已启动：{self.address} （按 Ctrl+C 停止）")
        return True

    def _answers(self) -> bool:
        host, port = self.listening.getsockname()
        line = http.client.HTTPConnection(host, port, timeout=2)
        try:
            line.request("GET", "/healthz")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()

    def _start_the_rest(self) -> None:
        for note in self.engines.notes:
            say(note)
        manage = prepare.MANAGE
        self.supervisor.add(Child("后台任务进程", worker_command()))
        self.supervisor.add(Child("定时任务进程", beat_command()))
        self.supervisor.add(Child("任务巡检进程", [*manage, "sweep_jobs"]))
        if self.demo:
            load = [*manage, "load_demo", "--if-empty"]
            self.supervisor.add(Child("演示县", load, once=True, when_done=self._demo_done))

    def _demo_done(self, code: int) -> None:
        if code:
            say(f"演示县未能载入（代码 {code}），系统照常运行。")

    def _look_around(self) -> None:
        self.supervisor.look_after()
        if time.monotonic() > self.next_engine_check:
            self.next_engine_check = time.monotonic() + ENGINE_CHECK
            for name in self.engines.revive():
                say(f"{name} 意外退出，已重新启动。")
        if self.assets_awaited and self._assets_ended():
            self.assets_awaited = False
            self._use_assets()

    def _assets_ended(self) -> bool:
        """Whether the process that fetches the front-end files has ended; run.py started it."""
        if self.assets_pid and os.waitpid(self.assets_pid, os.WNOHANG)[0] == 0:
            return False
        self.assets_pid = 0
        return True

    def _use_assets(self) -> None:
        """Serve what has arrived, at least our own files."""
        if self._collect_static_files():
            self.supervisor.restart(WEB)
        if prepare.assets_are_ready():
            say("前端文件已就绪，刷新页面即可。")
        else:
            log = places.ROOT / "var" / "assets.log"
            say(f"前端框架文件未能取得，页面样式不全；原因见 {log}，下次启动会再试。")

    def _collect_static_files(self) -> bool:
        """Whether new files were collected."""
        command = prepare.collect_command()
        if command is None:
            return False
        if self.supervisor.run_step(command):
            say("静态文件汇集失败，页面以无样式方式提供。")
            return False
        prepare.note_static_files()
        return True


def up(port: int | None, *, demo: bool) -> int:
    """Run until stopped; 3 when the application of this checkout already runs."""
    folder = places.home("run")
    lock, note = places.Lock(folder / "up.lock"), folder / "up.json"
    if not lock.acquire(wait=False):
        said = json.loads(note.read_text()) if note.exists() else {}
        where, process = said.get("address", ""), said.get("process", "")
        say(f"系统已在运行：{where}（进程 {process}），请先用 Ctrl+C 停止它。")
        return 3
    listening = listen(port)
    with engines("run") as started:
        application = Up(listening, started, demo=demo)
        note.write_text(json.dumps({"address": application.address, "process": os.getpid()}))
        code = application.run()
    note.unlink(missing_ok=True)
    say("已停止。")
    return code
