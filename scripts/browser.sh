#!/usr/bin/env bash
# Sees to what the desk needs beside Python: Node.js with npm to build the page, Chromium to test it.
# usage: scripts/browser.sh [node] [chromium]      (both, if nothing is named)
# Installs Debian's packages where it may; says plainly what to install where it may not, and then ends with status 1.
set -uo pipefail

OLDEST="20.19"   # of Node.js: what Vite asks for (web/package-lock.json)
missing=()

at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

updated=
install() {
  may_install || return 1
  if [ -z "$updated" ]; then
    apt-get update -qq >/dev/null 2>&1
    updated=yes
  fi
  echo "installing $*" >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

node_is_fit() { command -v node >/dev/null && at_least "$OLDEST" "$(node --version | tr -d v)"; }

# On other systems than Debian the browser has another place; the tests know this name too.
chromium="${WHOWHOM_CHROMIUM:-/usr/bin/chromium}"

for wanted in "${@:-node chromium}"; do
  case " $wanted " in *" node "*)
    node_is_fit || install nodejs
    node_is_fit || missing+=("Node.js $OLDEST or later$(command -v node >/dev/null && echo " (there is $(node --version))"), to build the page")
    command -v npm >/dev/null || install npm
    command -v npm >/dev/null || missing+=("npm, to build the page")
  esac
  case " $wanted " in *" chromium "*)
    [ -x "$chromium" ] || install chromium
    [ -x "$chromium" ] || missing+=("Chromium at $chromium (or name another in WHOWHOM_CHROMIUM), to test the page")
  esac
done

if [ ${#missing[@]} -gt 0 ]; then
  echo "Not here, and it could not be installed:" >&2
  printf '  %s\n' "${missing[@]}" >&2
  echo "On Debian or Ubuntu, as root: apt-get install nodejs npm chromium" >&2
  exit 1
fi
