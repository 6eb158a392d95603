#!/bin/sh
# First start of the container: two roles, so that the serving one can change neither tables nor the log.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -d postgres \
  -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" \
  -f "$(dirname "$0")/roles.sql.in"
