#!/usr/bin/env bash
# Pages of another origin show the status: Statuspage's own web component, and
# our embed.js at a corner and in a line: browser.sh URL STATE PORT MODULES
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=$(mktemp -d)
trap 'kill $server 2>/dev/null || true; rm -rf "$home" || true' EXIT
cp "$4/node_modules/@statuspage/status-widget/dist/index.js" "$home/widget.js"
page() { # NAME BODY: writes a page that says in its body what shadow roots show
  cat >"$home/$1.html" <<HTML
<!doctype html><meta charset="utf-8"><title>$1</title><body>$2
<pre id="seen" style="white-space: pre-wrap"></pre>
<script>
setInterval(() => {
  const roots = [...document.querySelectorAll('*')].filter(e => e.shadowRoot).map(e => {
    const box = e.getBoundingClientRect();
    return [e.shadowRoot.textContent.replace(/\s+/g, ' ').trim(), e.shadowRoot.querySelector('a')?.href, getComputedStyle(e).position, Math.round(innerWidth - box.right), Math.round(innerHeight - box.bottom)].join('|');
  });
  document.getElementById('seen').textContent = 'SEEN ' + roots.join(' AND ') + ' END';
}, 100);
</script>
HTML
}
page widget "<script src='widget.js'></script><statuspage-widget src='$1'></statuspage-widget>"
page embed "<script src='$1/embed.js' async></script>"
page corner "<script src='$1/embed.js' data-position='bottom-right' async></script>"
page dot "<script src='$1/embed.js' data-look='dot' async></script>"
page gone "<script>fetch = () => Promise.reject(new Error('offline'))</script><script src='$1/embed.js' async></script>"
python3 "$here/serve.py" "$3" "$home" &
server=$!
sleep 1
seen() {
  chromium --headless --no-sandbox --disable-gpu --disable-background-networking --user-data-dir="$home/profile" --virtual-time-budget=6000 \
    --dump-dom "http://127.0.0.1:$3/$1.html" 2>/dev/null | sed -n 's/^<pre id="seen"[^>]*>\([^<]*\)<.*/\1/p'
}
case $2 in
  clear | resolved) words="All Systems Operational" line="All services are operational" ;;
  incident) words="Partial System Outage" line="Major outage: Web application" ;;
  maintenance) words="Service Under Maintenance" line="Maintenance until *" ;;
esac
check() { # NAME PATTERN
  local got
  got=$(seen "$1" "$2" "$port")
  [[ $got == $2 ]] || { echo "$1 shows $got, not $2"; exit 1; }
}
port=$3
check embed "SEEN $line|$1/|static|*"
check corner "SEEN $line|$1/|fixed|16|16 END"
check dot "SEEN |$1/|static|*"
check gone "SEEN  END"
check widget "SEEN *$words*"
