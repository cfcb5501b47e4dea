#!/usr/bin/env bash
# khal takes the calendar in, twice without a second copy, and lists the upgrade
# at its time: khal.sh CALENDAR
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home" || true' EXIT
mkdir "$home/windows"
cat >"$home/config" <<CONFIG
[calendars]
[[windows]]
path = $home/windows
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $home/cache.db
CONFIG
for _ in 1 2; do
  khal -c "$home/config" import --batch -a windows "$1"
done
got=$(khal -c "$home/config" list --format '{start-time}-{end-time} {title}' 2025-08-01 1d | tail -n +2)
[ "$got" = "$2" ] || { echo "khal lists $got, not $2"; exit 1; }
