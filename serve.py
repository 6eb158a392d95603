"""waitress that answers the requests in flight on SIGTERM, which waitress-serve drops."""

import logging
import signal
import socket
import sys
from types import FrameType

from waitress.server import create_server

from config.wsgi import application

THREADS = 8
# A request that waits a moment for a thread is no news.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt  # server.run() catches it and lets its threads finish


def main(address: str) -> None:
    """Serve on `fd:3`, a socket inherited from the supervisor, or on `host:port`."""
    if address.startswith("fd:"):
        listening = {"sockets": [socket.socket(fileno=int(address[3:]))]}
        server = create_server(application, threads=THREADS, ident=None, **listening)
    else:
        server = create_server(application, threads=THREADS, ident=None, listen=address)
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    finally:
        server.close()


if __name__ == "__main__":
    main(sys.argv[1])
