#!/bin/sh
# Reports whether the published site is due for a build: whether its next automatic
# change, next_change_at in the live build.json, has passed.
#
#   sh clock.sh [SITE] && curl -fsS -X POST "$BUILD_HOOK"
#
# SITE is the site's address; by default the url in content/site.yml. Exit 0: due.
# Exit 1: not due, or the site cannot be read. If the change is more than two hours
# overdue, a build is probably failing: the site then counts as due only every six
# hours, so that a mistake in the content does not use up a month's builds.
set -u
site=${1:-$(sed -n "s/^url:[[:space:]]*[\"']\{0,1\}\([^\"'#[:space:]]*\).*/\1/p" content/site.yml 2>/dev/null | head -n 1)}
if [ -z "$site" ]; then
  echo "clock.sh: which site? Set url in content/site.yml, or name it: sh clock.sh https://status.example.com" >&2
  exit 2
fi

address=${site%/}/build.json
for pause in ${CLOCK_PAUSES:-5 15 0}; do # seconds between three tries
  build=$(curl -fsS --max-time 20 "$address?$(date +%s)") && break
  build=
  sleep "$pause"
done
case $build in
*'"next_change_at"'*) ;;
*)
  echo "clock.sh: warning: cannot read $address, so nothing is built" >&2
  exit 1
  ;;
esac

next=$(printf '%s\n' "$build" | sed -n 's/.*"next_change_at": *"\([^"]*\)".*/\1/p')
seconds=$(date +%s)
utc() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$1" +%Y-%m-%dT%H:%M:%SZ; }
before() { expr "$1" \< "$2" >/dev/null; }
if [ -z "$next" ]; then
  echo "not due: no automatic change ahead"
  exit 1
elif before "$(utc "$seconds")" "$next"; then
  echo "not due before $next"
  exit 1
elif before "$next" "$(utc $((seconds - 7200)))"; then
  echo "clock.sh: warning: the site should have changed at $next; look at the host's log for a build that fails" >&2
  case ${CLOCK_TIME:-$(date -u +%H:%M)} in
  00:[01]* | 06:[01]* | 12:[01]* | 18:[01]*) ;;
  *) exit 1 ;;
  esac
fi
echo "due since $next"
