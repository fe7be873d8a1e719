"""`digitpad-desktop` on machines that lack something: one sentence says what, and what to do."""

import os
import subprocess
import sys

import pytest

from digitpad_desktop.lacking import PACKAGES, said_of

linux = pytest.mark.skipif(sys.platform != "linux", reason="names libraries of Linux")


def start(folder, program="from digitpad_desktop.start import main; sys.exit(main())", without=(), **surroundings):
    kept = {name: value for name, value in os.environ.items() if name not in without}
    home = {f"XDG_{kind}_HOME": str(folder) for kind in ("DATA", "CONFIG", "CACHE")}
    return subprocess.run(
        [sys.executable, "-c", f"import sys; {program}"],
        cwd=folder,
        env=kept | home | surroundings,
        capture_output=True,
        text=True,
        timeout=60,
    )


def expect_refusal(done, *words):
    assert done.returncode == 1
    assert done.stderr.startswith("digitpad-desktop: ")
    assert done.stderr.count("\n") == 1
    assert all(word in done.stderr for word in words), done.stderr


def test_without_pyside_one_is_told_how_to_get_it(tmp_path):
    missing = "sys.modules['PySide6'] = None; from digitpad_desktop.start import main; sys.exit(main())"
    expect_refusal(start(tmp_path, missing), "PySide6", "is not installed", 'pip install "digitpad[desktop]"')


@linux
def test_where_there_is_no_screen_it_says_so_instead_of_aborting(tmp_path):
    bare = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    expect_refusal(start(tmp_path, without=bare), "There is no screen", "desktop session", "digitpad-web")
    expect_refusal(start(tmp_path, without=bare, DISPLAY=":987"), "There is no screen", ":987")


@linux
@pytest.mark.parametrize("library", ["libEGL.so.1", "libxcb-cursor.so.0"])
def test_a_library_of_the_system_that_is_broken_is_named_with_what_to_install(library, tmp_path):
    (tmp_path / library).touch()
    done = start(tmp_path, without=("QT_QPA_PLATFORM",), LD_LIBRARY_PATH=str(tmp_path), DISPLAY=":987")
    expect_refusal(done, library, "apt install", *PACKAGES.read_text().split())


@pytest.mark.parametrize(
    ("system", "words"),
    [
        ("darwin", "dlopen(/opt/QtCore.abi3.so, 0x0002): Library not loaded: @rpath/QtCore"),
        ("win32", "DLL load failed while importing QtCore: The specified module could not be found"),
    ],
)
def test_elsewhere_nobody_is_told_of_packages_of_debian(system, words, monkeypatch):
    monkeypatch.setattr(sys, "platform", system)
    said = said_of(ImportError(words))
    assert said.startswith(f"Qt can't be loaded: {words}. Install it anew with: {sys.executable} -m pip install")
    assert "apt" not in said
