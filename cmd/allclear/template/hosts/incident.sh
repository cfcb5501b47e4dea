#!/bin/sh
# Writes what a form, an issue or a monitor says, commits it and pushes it. The workflow
# of the host calls this script and passes every value in a variable:
#
#   WHAT    new incident, new maintenance, new announcement, or a word of allclear update;
#           repository_dispatch, issues, issue_comment, trigger: what ingest reads; publish: nothing
#   MESSAGE TITLE COMPONENT COMPONENTS REGION STATUS ENTRY START END FORCE: the form
#   BRANCH RUN: the branch, and the name of the run
#
# Runs at the same time lose nothing: each writes into the newest commit, and starts over
# if another one has pushed in the meantime. A run that is repeated writes nothing twice.
set -eu

allclear() { ALLCLEAR "$@"; }
complain() { echo "$*" >&2; return 1; }

# value prints what a choice stands for: the id in "web: Dashboard", nothing for "none".
value() {
  case $1 in none | "as it is") ;; *) printf '%s' "${1%%:*}" ;; esac
}

# form runs the command that the form describes.
form() {
  case ${FORCE:-} in true | yes) force=yes ;; *) force= ;; esac
  list=$(value "${COMPONENT:-}") region=$(value "${REGION:-}") status=$(value "${STATUS:-}")
  list=$list${list:+${COMPONENTS:+,}}${COMPONENTS:-}
  set -- "--message=${MESSAGE:-}"
  if [ -n "$region" ] && [ "$region" != all ]; then set -- "$@" "--region=$region"; fi
  case $WHAT in
  "new announcement")
    [ -z "${START:-}" ] || set -- "$@" "--posted=$START"
    [ -z "${END:-}" ] || set -- "$@" "--until=$END"
    ;;
  *)
    [ -z "${START:-}" ] || set -- "$@" "--start=$START"
    case $WHAT,${END:-} in
    *,) ;;
    "new incident,"* | *,[+-]* | *,in\ *) set -- "$@" "--end=$END" ;;
    *[0-9][mhd]) set -- "$@" "--duration=$END" ;;
    *) set -- "$@" "--end=$END" ;;
    esac
    ;;
  esac
  case $WHAT in
  "new "*) create "$@" ;;
  *) update "$@" ;;
  esac
}

# create runs allclear new.
create() {
  kind=${WHAT#new }
  [ -z "$force" ] || [ "$kind" = announcement ] || set -- "$@" --force
  case $kind,$list,$status in
  incident,,notice) set -- "$@" --severity=none ;;
  *,notice) complain "Only an incident without a component is a notice." || return ;;
  incident,,*) complain "Choose a component, or the status \"notice\" for an incident that affects none." || return ;;
  *,,*) ;;
  *) set -- "$@" "--component=$list" ;;
  esac
  case $kind,$status in
  announcement,?*) complain "An announcement changes no status." || return ;;
  *, | *,notice) ;;
  *) set -- "$@" "--status=$status" ;;
  esac
  allclear new "$kind" "$@" -- "${TITLE:-}"
}

# update runs allclear update. The status of the form is that of each of its components.
update() {
  [ -n "${MESSAGE:-}" ] || complain "Write what your customers should know." || return
  [ -z "${TITLE:-}" ] || set -- "$@" "--title=$TITLE"
  case $force,$WHAT in
  yes,investigating | yes,identified | yes,monitoring | yes,in-progress | yes,verifying) set -- "$@" --reopen ;;
  esac
  [ -n "$list" ] || [ -z "$status" ] || complain "Choose the component whose status is $status now." || return
  rest=$list,
  while [ -n "$rest" ]; do
    one=${rest%%,*} rest=${rest#*,}
    case $one,$status in
    *=*,* | *[!\ ]*,?*) set -- "$@" "--component=$one$(case $one in *=*) ;; *) printf '=%s' "$status" ;; esac)" ;;
    *[!\ ]*,) complain "Choose the status that $one has now." || return ;;
    esac
  done
  if [ -n "${ENTRY:-}" ]; then
    allclear update "$@" -- "$ENTRY" "$WHAT"
  else
    allclear update "$@" -- "$WHAT"
  fi
}

# write changes the content.
write() {
  case $WHAT in
  repository_dispatch) allclear ingest github-dispatch <"$GITHUB_EVENT_PATH" ;;
  issues | issue_comment) allclear ingest github-issue <"$GITHUB_EVENT_PATH" ;;
  trigger) allclear ingest <"$TRIGGER_PAYLOAD" ;;
  *) form </dev/null ;;
  esac
}

# newest makes the folder that of the newest commit.
newest() {
  git fetch --quiet --depth=50 origin "$BRANCH" &&
    git checkout --quiet --force --detach FETCH_HEAD &&
    git clean --quiet --force -d content
}

# verify checks what was written. Mistakes that were there before do not keep it from being
# pushed: the build will name them, and what was written is public once they are fixed.
verify() {
  allclear check && return
  git stash --quiet
  if allclear check >/dev/null 2>&1; then complain "It would have these mistakes, so nothing was pushed." || return; fi
  git stash pop --quiet --index
  echo "These mistakes were there before: fix them, and what was pushed now is published with your fix." >&2
}

# answer keeps what was said for the people who wait for it: as text, with no markup.
answer() {
  { echo "$1"; echo; sed 's/^/    /' "$said"; } >"$folder/answer.md"
  cat "$folder/answer.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# show prints a file in which no line is a command to GitHub, whatever people and monitors
# have written.
show() {
  [ -n "${GITHUB_ACTIONS:-}" ] || { cat "$1"; return; }
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$token"
  cat "$1"
  echo
  echo "::$token::"
}

# outputs says what is left to do.
outputs() {
  ! grep -q '^publish:' content/site.yml || echo targets=yes
  [ ! -f .github/workflows/status.yml ] || echo pages=yes
  ! grep -q '^notify:' content/site.yml || echo notify=yes
}

main() {
  [ "${CI:-}" = true ] || complain "incident.sh: this replaces the folder by the newest commit, so it only runs in a job (CI=true)" || return
  folder=${RUNNER_TEMP:-${TMPDIR:-/tmp}}
  said=$folder/allclear.said
  refused=0 tries=0
  while :; do
    newest || return
    [ "$WHAT" != publish ] || break
    if git log -n 50 --format=%B | grep -qxF "Allclear-Run: $RUN"; then
      echo "This run has written already."
      break
    fi
    if ! write >"$said" 2>&1; then
      show "$said" >&2
      answer "Nothing was written:"
      return 1
    fi
    show "$said"
    git add --all content
    if git diff --cached --quiet; then
      echo "There is nothing to change."
      return "${UNCHANGED:-0}"
    fi
    if ! verify >"$said.check" 2>&1; then
      mv "$said.check" "$said"
      show "$said" >&2
      answer "Nothing was written:"
      return 1
    fi
    show "$said.check"
    git commit --quiet -m "$(git diff --cached --name-only | head -n 1 | sed 's|.*/||; s|\.md$||'): $WHAT" -m "Allclear-Run: $RUN"
    if git push --quiet origin "HEAD:refs/heads/$BRANCH"; then
      answer "Written, and soon on the page:"
      break
    fi
    tries=$((tries + 1))
    if [ "$(git ls-remote origin "refs/heads/$BRANCH" | cut -f 1)" = "$(git rev-parse HEAD~1)" ]; then
      refused=$((refused + 1)) # nobody else has pushed, so the host has another reason
    fi
    if [ "$refused" -ge 3 ] || [ "$tries" -ge 60 ]; then
      complain "$BRANCH takes no push: may this job push to it?" || return
    fi
    sleep $(($(od -An -N1 -tu1 /dev/urandom) % 3))
  done
  outputs >>"${GITHUB_OUTPUT:-/dev/null}"
}

main
exit
