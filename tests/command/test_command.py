"""The command `digitpad`, as a person or a program calls it."""

import csv
import io
import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import fence, repeated, save
from PIL import Image

import digitpad
from digitpad import SAMPLE, Hand, Recognizer
from digitpad.command.main import main
from digitpad.pad.results import COLUMNS, Result, to_csv

from .conftest import COMMAND, at_a_terminal, interrupted, run


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A folder with a digit, what is none, an empty and a broken picture, and two other things."""
    folder = tmp_path / "scans"
    (folder / "inner").mkdir(parents=True)
    save(folder / "three.png", 3)
    Image.new("L", (90, 90), 255).save(folder / "blank.png")
    Image.fromarray(fence()).save(folder / "fence.png")
    (folder / "broken.png").write_bytes(SAMPLE.read_bytes()[:200])
    (folder / "notes.txt").write_text("no picture")
    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of ten thousand pictures, which takes seconds."""
    return repeated(SAMPLE, tmp_path / "many", 10_000)


def test_one_picture_is_a_line(capsys):
    assert main(["read", str(SAMPLE)]) == 0
    shown = capsys.readouterr()
    assert re.fullmatch(rf"{SAMPLE}  7  +(> )?99\.\d %  Looks like a 7\n", shown.out)
    assert shown.err == ""


def test_a_folder_is_read_and_what_is_wrong_gets_a_sentence_and_status_1(scans, capsys):
    assert main(["read", str(scans), str(scans / "gone.png")]) == 1
    shown = capsys.readouterr()
    lines = [" ".join(line.split()) for line in shown.out.splitlines()]
    assert lines[0] == f"{scans}/blank.png – Nothing is drawn on it"
    assert lines[1] == f"{scans}/broken.png – The file broken.png is damaged or cut off. Get another copy of it."
    assert lines[2] == f"{scans}/fence.png ? This is not a digit"
    assert lines[3] == f"{scans}/three.png 3 > 99.9 % Looks like a 3"
    assert lines[4] == f"{scans}/gone.png – The file gone.png does not exist."
    assert shown.err.splitlines() == [
        "1 digit, 1 not a digit, 1 empty, 2 could not be read",
        "Passed over in scans: 1 that is no picture, 1 folder",
    ]


def test_json_is_a_line_a_picture_with_the_columns_of_the_csv(scans, capsys):
    assert main(["read", "--json", str(scans)]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [tuple(row) for row in rows] == [COLUMNS] * 4
    blank, broken, fence, three = rows
    assert (three["digit"], three["likeliest"], three["verdict"], three["error"]) == (3, 3, "digit", None)
    assert 0.9 < three["confidence"] <= 1
    assert (fence["digit"], fence["verdict"]) == (None, "not a digit")
    assert fence["likeliest"] in range(10)
    assert (blank["digit"], blank["verdict"], blank["confidence"]) == (None, "empty", None)
    assert broken["error"].startswith(f"The file {scans}/broken.png is damaged")


def test_csv_is_what_the_apps_save(scans, capsysbinary):
    files = [str(scans / name) for name in ("three.png", "broken.png", "blank.png")]
    main(["read", "--csv", *files])
    outcomes = digitpad.Recognizer().read_many(files)
    expected = to_csv(Result.of(file, outcome) for file, outcome in zip(files, outcomes, strict=True))
    assert capsysbinary.readouterr().out == expected


def test_standard_input_is_one_picture_whatever_it_holds(scans):
    done = subprocess.run(
        [*COMMAND, "read", "--csv", "-"],
        input=SAMPLE.read_bytes() + (scans / "three.png").read_bytes(),
        capture_output=True,
        timeout=60,
    )
    [row] = csv.DictReader(io.StringIO(done.stdout.decode()))
    assert (row["file"], row["digit"]) == ("standard input", "7")
    assert (done.returncode, done.stderr) == (0, b"")


def test_standard_input_without_a_picture_gets_a_sentence():
    done = run("read", "-", input="")
    assert done.returncode == 1
    assert "The file standard input is empty (0 bytes). Get another copy of it." in done.stdout
    assert "Nothing comes from standard input. Send a picture: digitpad read - < seven.png" in at_a_terminal(
        "read", "-"
    )


def test_a_folder_without_pictures_says_so(tmp_path, capsys):
    (tmp_path / "notes.txt").touch()
    assert main(["read", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert shown.err.startswith("There are no pictures here. digitpad reads PNG, JPEG, ")
    assert shown.err.endswith(f"Passed over in {tmp_path.name}: 1 that is no picture\n")
    assert shown.out == ""


def test_at_a_terminal_there_is_a_table_as_wide_as_it(scans):
    shown = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", at_a_terminal("read", scans))
    lines = [line.rstrip() for line in shown.splitlines()]
    assert lines[0].split() == ["File", "Digit", "Confidence", "In", "words"]
    named = [line.split()[0] for line in lines if ".png  " in line]  # a long sentence goes on below
    assert named == ["blank.png", "broken.png", "fence.png", "three.png"]
    assert all(len(line) <= 80 for line in lines)
    assert "1 digit, 1 not a digit, 1 empty, 1 could not be read" in lines


def test_without_colours_there_are_none(scans):
    colour = re.compile(r"\x1b\[(?:\d+;)*3\d")
    assert colour.search(at_a_terminal("read", scans))
    assert not colour.search(at_a_terminal("read", scans, NO_COLOR="1"))


def test_a_long_work_shows_how_far_it_is_and_what_goes_to_a_file_is_whole(many, tmp_path):
    said = interrupted("read", "--json", many, into=tmp_path / "rows.json", until=r"\d+/10000")
    count = int(re.search(r"Stopped after (\d+) of 10000: \1 digits", said)[1])
    lines = (tmp_path / "rows.json").read_text().splitlines()
    assert [json.loads(line)["file"][-9:] for line in lines[:count]] == [
        f"{number:05}.png" for number in range(count)
    ]


def test_a_pipe_that_is_closed_ends_it_quietly(many):
    with subprocess.Popen([*COMMAND, "read", many], stdout=-1, stderr=-1, text=True) as program:
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == ""
    assert program.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("words", [["read", SAMPLE], ["read", "--csv", SAMPLE], ["models"]])
def test_a_disk_that_is_full_is_told_in_a_sentence(words):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, *map(str, words)], stdout=full, stderr=-1, text=True, timeout=60)
    assert done.stderr == "digitpad: The output can't be written: No space left on device. Send it elsewhere.\n"
    assert done.returncode == 1


def test_names_that_are_no_text_or_would_command_the_terminal_are_shown_harmlessly(tmp_path):
    odd = tmp_path / "a\x1b[31m\n\udcff.png"
    try:
        odd.write_bytes(SAMPLE.read_bytes())
    except OSError:
        pytest.skip("the file system takes no such names")
    done = run("read", odd)
    assert done.returncode == 0
    assert r"a\x1b[31m\n\udcff.png  7 " in done.stdout
    assert json.loads(run("read", "--json", odd).stdout)["digit"] == 7
    assert run("read", "--csv", odd).returncode == 0


def test_the_models_are_told_with_what_their_cards_say(capsys):
    assert main(["models"]) == 0
    shown = capsys.readouterr()
    classic, hands = re.split(r"^(?=\S)", shown.out, flags=re.MULTILINE)[1:]
    assert classic.splitlines()[0] == "classic"
    assert hands.splitlines()[0] == "hands (in use)"
    model = digitpad.Recognizer("hands").model
    assert f"{model.card['test']['accuracy'] * 100:.2f} %" in hands
    assert f"{model.card['held_out_writers']['accuracy'] * 100:.2f} %" in hands
    assert str(model.path) in hands
    assert shown.err == ""


def test_a_broken_model_is_named_with_the_reason(home, capsys):
    broken = home / "models" / "mine"
    broken.mkdir(parents=True)
    (broken / "card.json").write_text("{")
    (broken / "model.tflite").write_bytes(b"")
    assert main(["models", "--json"]) == 0
    shown = capsys.readouterr()
    assert [json.loads(line)["name"] for line in shown.out.splitlines()] == ["classic", "hands"]
    assert shown.err.startswith(f"The card {broken}/card.json is damaged")


def test_a_model_is_chosen_by_name_or_by_path(capsys, tmp_path):
    assert main(["use", "classic"]) == 0
    assert capsys.readouterr().out == "classic reads from now on.\n"
    assert digitpad.Recognizer().model.name == "classic"
    mine = tmp_path / "mine.tflite"
    mine.write_bytes(digitpad.Recognizer("hands").model.path.read_bytes())
    assert main(["use", str(mine)]) == 0
    assert digitpad.Recognizer().model.path == mine
    assert main(["models", "--json"]) == 0
    in_use = [
        json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()[1:] if '"in_use": true' in line
    ]
    assert in_use == ["mine"]


def test_a_model_that_is_not_there_is_refused_and_the_choice_stays(capsys):
    for words in (["use", "nonesuch"], ["read", str(SAMPLE), "--model", "nonesuch"]):
        assert main(words) == 1
        assert capsys.readouterr().err.startswith("digitpad: There is no model 'nonesuch', and no folder or file")
    assert digitpad.Recognizer().model.name == "hands"


def test_the_model_that_is_named_reads(capsys):
    main(["read", "--json", "--model", "classic", str(SAMPLE)])
    confidence = json.loads(capsys.readouterr().out)["confidence"]
    assert confidence == pytest.approx(digitpad.Recognizer("classic").read(SAMPLE).confidence, abs=1e-4)


def test_help_version_and_nothing_at_all(capsys):
    for words, status in ((["--help"], 0), (["--version"], 0), ([], 2)):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == status
    shown = capsys.readouterr()
    assert f"digitpad {digitpad.__version__}" in shown.out
    assert "say what to do: read, models, use, export, serve or cluster" in shown.err


def test_one_picture_is_read_without_what_only_many_need():
    program = "import sys; from digitpad.command.main import main; main(['read', sys.argv[1]]); print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", program, SAMPLE], text=True).split()
    assert "digitpad.command.reading" in loaded
    assert not {"rich", "PIL", "sqlite3", "concurrent", "multiprocessing", "subprocess", "tqdm"} & set(loaded)


INTERRUPT = """
import os, signal, sys
class Interrupt:
    def find_spec(self, name, *_):
        if name in ("numpy", "streamlit"):
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupt())
"""


@pytest.mark.parametrize(
    "call", ["digitpad.command.main import main; main(['models'])", "digitpad_web.command import main; main([])"]
)
def test_ctrl_c_while_it_loads_leaves_no_traceback(call):
    program = f"{INTERRUPT}from {call}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_a_hand_reads_what_it_was_taught(tmp_path, capsys):
    hand = Hand("Ada")
    hand.teach(Recognizer().read(SAMPLE).glyph, 1)
    hand.save(tmp_path / "ada.hand")
    assert main(["read", str(SAMPLE), "--json", "--hand", str(tmp_path / "ada.hand")]) == 0
    assert json.loads(capsys.readouterr().out)["digit"] == 1
    assert main(["read", str(SAMPLE), "--hand", str(SAMPLE)]) == 1
    assert "This is no hand" in capsys.readouterr().err
