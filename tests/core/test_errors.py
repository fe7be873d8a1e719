"""What the sentences of errors tell a person to do."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digitpad.errors import not_installed


@pytest.mark.parametrize("has_pip", [True, False])
def test_what_installs_a_part_of_digitpad_finds_it_here_and_asks_no_index(has_pip, monkeypatch, tmp_path):
    if not has_pip:
        find = importlib.util.find_spec
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pip" else find(name))
    sentence = not_installed(ModuleNotFoundError(name="PIL"), "a picture", "web")
    words, _, command = sentence.partition("Install it with: ")
    assert words == "PIL is not installed, and a picture needs it. "
    assert ("-m pip" in command) == has_pip
    without_network = "--dry-run --no-index" if has_pip else "--dry-run --offline"
    elsewhere = {"PATH": os.pathsep.join([os.defpath, str(Path(sys.executable).parent)]), "HOME": str(tmp_path)}
    done = subprocess.run(f"{command} {without_network}", shell=True, cwd=tmp_path, env=elsewhere)
    assert done.returncode == 0
