#!/usr/bin/env bash
# The github module of i3pystatus, pointed at a local server: i3pystatus.sh URL STATE
set -euo pipefail
/usr/bin/python3 - "$1" "$2" <<'PY'
import os
import sys

import i3pystatus.core.util as util
import i3pystatus.github as github

url, state = sys.argv[1:]
host, port = url.removeprefix("http://").split(":")
util.internet.address = (host, int(port))
module = github.Github()
module.api_methods_url = url + "/api/v2/summary.json"
module.refresh_display = lambda: None
module.notify_status = False
module.update_status()
want = {"clear": "none", "incident": "major", "maintenance": "maintenance", "resolved": "none"}[state]
assert not module.failed_update, "the module could not read the summary"
assert module.current_status == want, module.current_status
assert bool(module.current_incidents) == (state == "incident")
assert module.current_status_description
sys.stdout.flush()
os._exit(0)  # its threads may outlive the interpreter, which then crashes
PY
