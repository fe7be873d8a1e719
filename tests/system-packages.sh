#!/bin/sh
# The browser tests need a Chromium that is installed on the system. On Debian as root it is installed here;
# elsewhere one line says what is missing, and those tests are skipped.
set -eu
for browser in chromium chromium-browser google-chrome; do
  if command -v "$browser" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'Installing Chromium for the browser tests.'
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  echo 'Missing for the browser tests: Chromium or Chrome. Install it with your system'"'"'s package manager.' >&2
fi
