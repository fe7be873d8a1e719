"""`scripts/train_verifier.py`, as it is called."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "train_verifier.py"


def test_it_says_what_it_does_and_what_it_leaves():
    done = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True)
    assert "verifier.tflite" in done.stdout
    assert "--out" in done.stdout


def test_without_data_it_says_so_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")  # nothing is downloaded
    done = subprocess.run(
        [sys.executable, SCRIPT, "--out", tmp_path / "out"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "train_verifier.py: " in done.stderr
    assert "Traceback" not in done.stderr
