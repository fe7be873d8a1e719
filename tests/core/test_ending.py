"""Ctrl-C ends whatever a person started, at whatever moment: no traceback, one sentence at most."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ["scripts/train.py", "scripts/evaluate.py", "scripts/benchmark.py", "scripts/load.py"]
MODULES = ["digitpad.training", "digitpad.measuring"]
BEFORE_ALL_ELSE = """
import os, runpy, signal, sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == "argparse":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupt())
name = sys.argv[1]
(runpy.run_path if name.endswith(".py") else runpy.run_module)(name, run_name="__main__")
"""
WORK = """
import os, signal, sys
from digitpad.ending import run_script

def interrupted():
    os.kill(os.getpid(), signal.SIGINT)
    return 0

def load():
    if sys.argv[1] == "loading":
        interrupted()
    return interrupted

sys.exit(run_script("seven.py", load))
"""


def end_of(program: str, *words: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("name", SCRIPTS + MODULES)
def test_ctrl_c_before_anything_is_loaded_leaves_no_traceback(name):
    assert end_of(BEFORE_ALL_ELSE, name) == (-signal.SIGINT, "", "")  # a shell says 130 of it


def test_ctrl_c_ends_a_script_that_loads_at_once_and_one_that_works_with_a_sentence():
    assert end_of(WORK, "loading") == (-signal.SIGINT, "", "")
    assert end_of(WORK, "working") == (130, "", "\nStopped.\n")


def test_what_a_shell_has_ignored_stays_ignored():
    in_the_background = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    assert end_of(in_the_background + WORK, "loading") == (0, "", "")
    assert end_of(in_the_background + WORK, "working") == (0, "", "")
