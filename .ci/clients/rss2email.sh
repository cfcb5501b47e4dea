#!/usr/bin/env bash
# rss2email takes the feed in, and finds nothing new the second time: rss2email.sh URL
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home" || true' EXIT
r2e() { HOME=$home XDG_CONFIG_HOME=$home XDG_DATA_HOME=$home /usr/bin/r2e -c "$home/c" -d "$home/d.json" "$@"; }
r2e new someone@example.com
for feed in history.rss history.atom; do
  r2e add "${feed#*.}" "$1/$feed"
done
r2e run --no-send 2>&1 | tee "$home/first"
! grep -iE 'error|warning' "$home/first"
seen() { python3 -c "import json,sys; print([len(f['seen']) for f in json.load(open('$home/d.json'))['feeds']])"; }
first=$(seen)
r2e run --no-send
[ "$first" = "$(seen)" ] || { echo "the second run saw $(seen) after $first"; exit 1; }
! [ "$first" = "[0, 0]" ] || { echo "no entry was seen"; exit 1; }
