#!/bin/sh
# A Django command with the owner's rights, as the service user:  deploy/run_as_owner.sh migrate --noinput
set -eu
set -a
. "${CONFIG:-/etc/fgqydj}/app.env"
. "${CONFIG:-/etc/fgqydj}/owner.env"
set +a
cd "$(dirname "$0")/.."
python=$(cd .. && pwd)/venv/bin/python
if [ "$(id -u)" = 0 ] && id fgqydj > /dev/null 2>&1; then
  exec runuser -u fgqydj --preserve-environment -- "$python" manage.py "$@"
fi
exec "$python" manage.py "$@"
