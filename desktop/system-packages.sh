#!/bin/sh
# Qt's window needs a few of the system's libraries, which a desktop has but a bare machine may lack. On Debian as
# root they are installed here; elsewhere one line says what is missing.
set -eu
qt=$(.venv/bin/python -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')/Qt
missing=$(ldd "$qt/plugins/platforms/libqxcb.so" 2>/dev/null | sed -n 's/^\t*\(lib[^ ]*\) => not found$/\1/p')
if [ -z "$missing" ]; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'Installing the libraries that a Qt window needs.'
  apt-get update -qq
  # shellcheck disable=SC2046  # several packages
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    $(cat desktop/debian-packages.txt) >/dev/null
else
  echo "Missing for the window: $(echo $missing). Install them with your system's package manager." >&2
fi
