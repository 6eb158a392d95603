"""Django's command line; commands that change the schema run as the owner role."""

import os
import sys

SCHEMA_COMMANDS = {"migrate", "flush", "dbshell", "sqlmigrate", "makemigrations"}
OWNER_COMMANDS = SCHEMA_COMMANDS | {"backup", "restore", "load_demo"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("DJANGO_DB_ROLE", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
