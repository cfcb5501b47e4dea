#!/usr/bin/env bash
# newsboat shows a new update as one new item, and an edited one not again:
# newsboat.sh BUILD URL FOLDER FEED, where BUILD CONTENT OUT builds a site to be served at URL.
set -euo pipefail
build=$1 url=$2 folder=$3
home=$(mktemp -d)
trap 'rm -rf "$home" || true' EXIT
cp -r generator/testdata/sample/content "$home/content"
report=$home/content/incidents/2025/2025-07-25-api-and-front-end.md
echo "$url/$4" >"$home/urls"
again() { sleep 1.1; "$build" "$home" "$folder"; } # HTTP dates count in seconds: no reader sees two builds in one
news() { newsboat -u "$home/urls" -c "$home/cache.db" -C /dev/null -x reload >/dev/null; newsboat -u "$home/urls" -c "$home/cache.db" -C /dev/null -x print-unread; }
expect() { local got; got=$(news); [ "$got" = "$1 unread articles" ] || { echo "$2: newsboat says $got, not $1"; exit 1; }; }
"$build" "$home" "$folder"
count=$(grep -cE '<(entry|item)>' "$folder/$4")
expect $count "at first"
sed -i 's/A configuration change/A change of the configuration/' "$report"
again
expect $count "after an edit"
printf '\n## Update — 2025-07-25 07:09 UTC\n\nOne more thing.\n' >"$home/more"
python3 - "$report" "$home/more" <<'PY'
import sys
path, more = sys.argv[1], open(sys.argv[2]).read()
text = open(path).read()
i = text.index("## Postmortem") if "## Postmortem" in text else len(text)
open(path, "w").write(text[:i] + more.lstrip() + "\n" + text[i:])
PY
again
expect $((count + 1)) "after one more update"
