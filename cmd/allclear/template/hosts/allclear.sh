#!/bin/sh
# Runs allclear from a release: fetches it once, verifies it, and passes the
# arguments on. This file sets the version for everyone who builds the site: the
# host, pull requests from forks, you. To upgrade, change both values.

url=    # the address of allclear-linux-amd64 of one release, not of "latest"
sha256= # its line in the release's SHA256SUMS

set -eu
: "${url:=${ALLCLEAR_URL:-}}" "${sha256:=${ALLCLEAR_SHA256:-}}"
fail() { echo "allclear.sh: $*" >&2; exit 1; }
[ -n "$url" ] || fail "no program yet: in allclear.sh set url to the address of allclear-linux-amd64 of a release, and sha256 to its line in SHA256SUMS"
[ -n "$sha256" ] || fail "no checksum: set sha256 in allclear.sh to the line of allclear-linux-amd64 in the release's SHA256SUMS"

sum() { (sha256sum "$1" 2>/dev/null || shasum -a 256 "$1") | cut -d ' ' -f 1; }
folder=${TMPDIR:-/tmp}/allclear-$sha256
program=$folder/allclear
if [ "$(sum "$program" 2>/dev/null)" != "$sha256" ]; then
  mkdir -p "$folder"
  curl -fsSL --retry 3 --max-time 300 "$url" -o "$program.new" || fail "cannot fetch $url"
  got=$(sum "$program.new")
  [ "$got" = "$sha256" ] || fail "$url has the SHA-256 $got, not the one in this file: if you did not change the version, do not run it"
  chmod +x "$program.new"
  mv "$program.new" "$program"
fi
exec "$program" "$@"
