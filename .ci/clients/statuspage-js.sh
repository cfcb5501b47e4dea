#!/usr/bin/env bash
# Runs statuspage-js.mjs in a network of its own, in which the service's name is
# this machine: statuspage-js.sh FOLDER STATE MODULES
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ "${4:-}" != inside ]; then
  exec unshare --net --mount "$0" "$@" inside
fi
home=$(mktemp -d)
trap 'kill $server || true; rm -rf "$home" || true' EXIT
ip link set lo up
echo "127.0.0.1 localhost example.statuspage.io" >"$home/hosts"
mount --bind "$home/hosts" /etc/hosts
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=example.statuspage.io -keyout "$home/key" -out "$home/crt" 2>/dev/null
python3 "$here/serve.py" 443 "$1" "$home/crt" "$home/key" &
server=$!
sleep 1
cd "$3"
NODE_TLS_REJECT_UNAUTHORIZED=0 NODE_NO_WARNINGS=1 node statuspage-js.mjs "$2"
