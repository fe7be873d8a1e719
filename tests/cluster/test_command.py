"""`digitpad cluster read` where nothing can be read."""

import subprocess
import sys

from digitpad.command.main import main

WITHOUT = (
    "import sys; sys.modules['ray'] = None; from digitpad.command.main import main; sys.exit(main(sys.argv[1:]))"
)


def test_what_is_not_there_is_told_in_a_sentence(tmp_path, capsys):
    (tmp_path / "one.png").write_bytes(b"")
    shown = []
    for words in (
        [str(tmp_path / "gone"), "rows"],
        ["s4://nowhere", "rows"],
        [str(tmp_path), str(tmp_path / "one.png")],
        [str(tmp_path), str(tmp_path / "rows"), "--address", "127.0.0.1:1"],
    ):
        assert main(["cluster", "read", *words]) == 1
        shown.append(capsys.readouterr().err)
    gone, nowhere, file, nobody = shown
    assert gone == f"digitpad: {tmp_path}/gone does not exist.\n"
    assert nowhere.startswith("digitpad: s4://nowhere can't be read: ")
    assert file == f"digitpad: {tmp_path}/one.png is a file. Name a folder for the rows.\n"
    assert nobody.startswith("digitpad: No Ray cluster answers at 127.0.0.1:1: ")


def test_without_the_extra_it_says_how_to_install_it(tmp_path):
    command = [sys.executable, "-c", WITHOUT, "cluster", "read", str(tmp_path), str(tmp_path / "rows")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("digitpad: ray is not installed, and reading in bulk needs it. Install it with: ")
    assert done.stderr.endswith('"digitpad[cluster]"\n')
