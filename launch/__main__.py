"""The command line behind run.py."""

import importlib.util
import os
import signal
import sys

USAGE = """用法：python3 run.py 命令 [参数]

  up [端口] [--no-demo]    启动系统，空库自动建立演示县；Ctrl+C 停止
  test [pytest 参数]       运行测试（使用独立的测试数据库）
  manage 命令 ...          在本系统环境中执行 Django 命令
  demo [--replace]         重建演示县（库中有其他数据时拒绝，--replace 先备份）
  bench ...                性能对比
  check scope|chaos|badinput|load   专项检查

环境变量 DATABASE_URL、REDIS_URL 可替换内置数据库；其余见 .env.example。
"""

# One of these missing means that .venv was damaged after its stamp was written.
NEEDED = ("django", "psycopg2", "celery", "redis", "rest_framework", "waitress", "whitenoise")


def main(arguments: list[str]) -> int:
    os.environ.pop("PYTHONPATH", None)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    command, rest = (arguments[0] if arguments else "help"), arguments[1:]
    if command in {"help", "-h", "--help"}:
        print(USAGE)
        return 0
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise ModuleNotFoundError(f"缺少软件包：{'、'.join(missing)}")
    if command == "up":
        return _up(rest)
    from launch import commands

    known = {"test": commands.test, "manage": commands.manage, "demo": commands.demo}
    known |= {"bench": commands.bench, "check": commands.check}
    if command not in known:
        print(USAGE, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # by way of stopping the engines
    return known[command](rest)


def _up(arguments: list[str]) -> int:
    ports = [word for word in arguments if word != "--no-demo"]
    if len(ports) > 1 or any(not word.isdigit() or not 0 < int(word) < 65536 for word in ports):
        print(USAGE, file=sys.stderr)
        return 2
    from launch.up import up

    return up(int(ports[0]) if ports else None, demo="--no-demo" not in arguments)


def repair() -> None:
    """A package is missing although the stamp names it: have run.py build .venv anew, once."""
    runner = os.environ.pop("RUN_PY_PYTHON", "")
    if not runner or os.environ.get("RUN_PY_REPAIR"):
        return
    from launch.places import ROOT

    print("运行环境不完整，正在重建……", flush=True)
    os.environ["RUN_PY_REPAIR"] = "1"
    os.execv(runner, [runner, str(ROOT / "run.py"), *sys.argv[1:]])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ModuleNotFoundError:
        repair()
        raise
