#!/usr/bin/env bash
# Cloudflare's wrangler reads _headers and sends what it says: wrangler.sh FOLDER MODULES
set -euo pipefail
home=$(mktemp -d)
cd "$2"
WRANGLER_SEND_METRICS=false CI=1 HOME=$home node_modules/.bin/wrangler pages dev "$1" --ip 127.0.0.1 --port 4802 --compatibility-date 2024-01-01 >"$home/log" 2>&1 &
server=$!
# Its children may still write when it is stopped: a folder that cannot go is no failure.
trap 'kill $server 2>/dev/null || true; rm -rf "$home" || true' EXIT
for _ in $(seq 60); do grep -q 'Ready on' "$home/log" && break; sleep 1; done
sends() { # PATH HEADER...
  local got path=$1
  got=$(curl -sS -D - -o /dev/null "http://127.0.0.1:4802$path" | tr -d '\r')
  shift
  for header in "$@"; do
    grep -qixF "$header" <<<"$got" || { echo "$path is not sent $header but"; echo "$got"; exit 1; }
  done
}
brief="Cache-Control: public, max-age=30" anyone="Access-Control-Allow-Origin: *"
sends / "$brief" "$(grep -o 'Content-Security-Policy: .*' "$1/_headers")" "X-Content-Type-Options: nosniff"
sends /api/v2/summary.json "$brief" "$anyone" "Content-Type: application/json; charset=utf-8"
sends /history.rss "$brief" "$anyone" "Content-Type: application/rss+xml; charset=utf-8"
sends /components/web/history.atom "$brief" "$anyone" "Content-Type: application/atom+xml; charset=utf-8"
sends /maintenance.ics "$brief" "$anyone" "Content-Type: text/calendar; charset=utf-8"
sends /badges/web.svg "$brief" "$anyone"
sends "/assets/$(ls "$1/assets" | head -1)" "Cache-Control: public, max-age=31536000, immutable"
