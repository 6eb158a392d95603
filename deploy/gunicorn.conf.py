"""Web processes in production, behind a reverse proxy on the same machine or network."""

import os
from typing import Any

from config.logs import HiddenAddresses

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_PROCESSES", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
# Long work is a job; a request that takes longer than this has gone wrong.
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests, max_requests_jitter = 5000, 500
# Only the proxy may say which address and scheme a request came by.
forwarded_allow_ips = os.environ.get("WEB_PROXY", "127.0.0.1")
accesslog = None  # the proxy writes one; addresses of pages may hold names
errorlog = "-"
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """The server writes addresses into lines of its own when something breaks."""
    worker.log.error_log.addFilter(HiddenAddresses())
