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
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libegl1 libgl1 libdbus-1-3 \
    libfontconfig1 libglib2.0-0 libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 \
    libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 >/dev/null
else
  echo "Missing for the window: $(echo $missing). Install them with your system's package manager." >&2
fi
