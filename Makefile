# On a fresh machine: `make desktop` or `make web` opens an app, `make test` runs every check and test.
# Each installs what it needs into .venv and nothing elsewhere (but for Qt's libraries and the browser of the tests, on
# Debian as root).

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: desktop web launcher test pins

desktop: .venv/installed-desktop
	@sh desktop/system-packages.sh
	$(BIN)/digitpad-desktop

web: .venv/installed-web
	$(BIN)/digitpad-web

test: .venv/installed-test
	@sh tests/system-packages.sh
	@sh tests/onnxruntime-web.sh
	@sh desktop/system-packages.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses 3 --dist loadfile

# Put the desktop pad into the menus of Linux desktops, for this user.
launcher: .venv/installed-desktop
	@mkdir -p $(SHARE)/applications $(SHARE)/icons/hicolor/scalable/apps
	@cp digitpad/icon.svg $(SHARE)/icons/hicolor/scalable/apps/digitpad.svg
	@sed 's|^Exec=digitpad-desktop|Exec="$(CURDIR)/$(BIN)/digitpad-desktop"|' desktop/digitpad.desktop > $(SHARE)/applications/digitpad.desktop
	@echo 'digitpad is in the menu now. To take it out again, delete $(SHARE)/applications/digitpad.desktop'

# Choose anew, within pyproject.toml's ranges, the versions that both commands install.
pins: .venv/installed-test
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade \
	  --no-annotate --custom-compile-command "make pins" --quiet --output-file constraints.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo 'digitpad needs Python 3.11, 3.12 or 3.13. Name one: make PYTHON=python3.12 ...'; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo 'Python has no venv module. On Debian: apt install python3-venv'; exit 1; }

# A marker, so that nothing is installed again until the requirements change.
.venv/installed-%: .venv/bin/python pyproject.toml constraints.txt
	@echo 'Installing into .venv; this takes a minute or two the first time.'
	$(INSTALL) -e '.[$(if $(filter test,$*),desktop$(comma)web$(comma)api$(comma)train$(comma)cluster$(comma)export$(comma)dev,$*)]'
	@touch $@

comma := ,
SHARE := $(or $(XDG_DATA_HOME),$(HOME)/.local/share)
