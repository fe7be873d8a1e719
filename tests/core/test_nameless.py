"""An empty word names nothing, at every door that takes a path: it is no other name for the current folder."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digitpad import SAMPLE, ModelError, PictureError, Recognizer, use
from digitpad.models.catalogue import SHIPPED

COMMAND = ["-c", "import sys; from digitpad.command.main import main; sys.exit(main())"]
SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def here(tmp_path):
    """A folder that is also a model, with a picture in it."""
    shutil.copytree(SHIPPED / "classic", tmp_path, dirs_exist_ok=True)
    shutil.copy(SAMPLE, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ([*COMMAND, "read", ""], "FILE"),
        (["-m", "digitpad_desktop.app", ""], "FILE"),
        (["-m", "digitpad.training", "--data", ""], "--data"),
        (["-m", "digitpad.training", "--out", ""], "--out"),
        (["-m", "digitpad.measuring", "--data", ""], "--data"),
        (["-m", "digitpad.measuring", "--out", ""], "--out"),
        ([SCRIPTS / "benchmark.py", "--json", ""], "--json"),
        ([SCRIPTS / "load.py", "--out", ""], "--out"),
    ],
)
def test_an_empty_path_is_refused(words, option, here):
    done = subprocess.run([sys.executable, *words], cwd=here, capture_output=True, text=True)
    assert done.returncode == 2
    said = f'error: argument {option}: "" names nothing. If you mean the current folder, write ./\n'
    assert done.stderr.endswith(said)
    assert done.stdout == ""


def test_an_empty_name_is_no_model(here):
    for words in (["use", ""], ["read", "--model", "", str(SAMPLE)]):
        done = subprocess.run([sys.executable, *COMMAND, *words], cwd=here, capture_output=True, text=True)
        assert done.returncode == 1
        assert done.stderr.startswith("digitpad: There is no model '', and no folder or file of that name.")
    with pytest.raises(ModelError, match="There is no model ''"):
        use("")


def test_an_empty_path_is_no_picture_for_python_either(monkeypatch, here):
    monkeypatch.chdir(here)
    pad = Recognizer()
    with pytest.raises(PictureError, match="'' is no path of a file: it is empty"):
        pad.read("")
    [error] = pad.read_many([""])
    assert str(error).startswith("'' is no path of a file: it is empty")
    with pytest.raises(PictureError, match='"" is not several pictures'):
        list(pad.read_many(""))
