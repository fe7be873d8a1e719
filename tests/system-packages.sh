#!/bin/sh
# The browser tests need a Chromium, one of them what npm brings, and one test of the desktop pad a virtual screen with a
# pointer. On Debian as root they are installed here; elsewhere one line says what is missing, and those tests are skipped.
set -eu
missing=''
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  missing='chromium'
fi
command -v Xvfb >/dev/null || missing="$missing xvfb"
command -v xdotool >/dev/null || missing="$missing xdotool"
command -v npm >/dev/null || missing="$missing npm"
if [ -z "$missing" ]; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the tests: $missing"
  apt-get update -qq
  # shellcheck disable=SC2086  # several packages
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Missing for some of the tests: $missing. Install it with your system's package manager." >&2
fi
