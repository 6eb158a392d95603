"""Where log lines go and what never stands in them; read by the settings and by the web server."""

import logging
import re
from typing import Any

from config import env

# Whoever knows the address of a calendar reads it: the address is a secret.
CALENDAR = re.compile(r"(/calendar/)[^\s\"'?#/]+")


class HiddenAddresses(logging.Filter):
    """Leaves the secret out of addresses of calendars, whoever writes the line."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if "/calendar/" in said:
            record.msg, record.args = CALENDAR.sub(r"\1…", said), None
        return True


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "refusals": {"()": "core.request.ShortRefusals"},
        "addresses": {"()": HiddenAddresses},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refusals", "addresses"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
