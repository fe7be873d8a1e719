"""Reading with several processes: the same readings in the same order, and nothing left behind."""

import importlib
import io
import os
import signal
import subprocess
import sys
import tracemalloc
import types
from operator import itemgetter

import numpy as np
import psutil
import pytest
from conftest import draw
from PIL import ExifTags, Image
from waiting import is_alive, until

from digitpad import SAMPLE, PictureError, Recognizer, sharing
from digitpad.many import FEW
from digitpad.sharing import AHEAD, MOST_WAITING, cores, shared

pad = Recognizer()
WHO = "__import__('os').getpid()"
# Reads without end with two helpers, and says which processes they are.
ENDLESS = """
import itertools, psutil
from digitpad import SAMPLE, Recognizer
for number, reading in enumerate(Recognizer().read_many(itertools.repeat(SAMPLE), workers=3)):
    if number == 2000:
        print(*(child.pid for child in psutil.Process().children()), flush=True)
"""


@pytest.fixture
def at_once(monkeypatch):
    """Helpers are asked also where there is hardly anything to read."""
    monkeypatch.setattr("digitpad.many.WORTH_HELP", 1e-9)
    monkeypatch.setattr("digitpad.many.TURN", 0.003)


def test_several_processes_share_the_work_and_its_order_stays():
    numbers = [f"({number}, {WHO})" for number in range(200)]
    answers = list(shared(eval, numbers, helpers=2))
    assert [number for number, _ in answers] == list(range(200))
    assert os.getpid() in {process for _, process in answers}


def test_helpers_do_their_part():
    slow = f"__import__('time').sleep(0.05) or {WHO}"
    assert len(set(shared(eval, [slow] * 60, helpers=2))) == 3


def test_what_a_helper_died_of_is_done_here():
    deadly = f"{WHO} == {os.getpid()} or __import__('os').kill({WHO}, 9)"
    assert list(shared(eval, [deadly] * 30, helpers=2)) == [True] * 30


def test_who_stops_does_not_do_what_the_helpers_were_at(tmp_path):
    told = f"open({str(tmp_path)!r} + '/' + str({WHO}), 'w').close()"
    slow = f"{told} or {WHO} == {os.getpid()} or __import__('time').sleep(60)"

    def batches():
        yield from [slow] * AHEAD
        until(lambda: any(tmp_path.iterdir()))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(shared(eval, batches(), helpers=1))
    assert not (tmp_path / str(os.getpid())).exists()


def test_work_that_cannot_be_sent_is_done_here():
    assert list(shared(lambda batch: (batch, os.getpid()), range(30), helpers=2)) == [
        (n, os.getpid()) for n in range(30)
    ]


def test_what_only_this_process_knows_is_done_here_and_the_rest_goes_on(monkeypatch):
    monkeypatch.setitem(sys.modules, "only_here", module := types.ModuleType("only_here"))
    module.Own = type("Own", (int,), {"__module__": "only_here"})
    batches = [[module.Own(number) if number % 3 else 0, bytes(100_000), number] for number in range(200)]
    assert list(shared(itemgetter(-1), batches, helpers=2)) == list(range(200))


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12.0),
        np.arange(90_000).reshape(300, 300),
        np.asfortranarray(np.arange(90_000).reshape(300, 300)),
        np.arange(90_000)[::3],
        np.zeros((0, 28, 28)),
    ],
    ids=["small", "large", "by columns", "with gaps", "nothing"],
)
def test_arrays_come_and_go_as_they_are(array, tmp_path, monkeypatch):
    (tmp_path / "changing.py").write_text("""
import os, time
def work(array):
    time.sleep(0.02)
    array += 0
    return array + 1, os.getpid()
""")
    monkeypatch.syspath_prepend(tmp_path)
    answers = list(shared(importlib.import_module("changing").work, [array] * 60, helpers=2))
    assert len({process for _, process in answers}) == 3
    for got, _ in answers:
        assert got.dtype == array.dtype
        assert got.flags.writeable
        np.testing.assert_array_equal(got, array + 1)


def test_what_is_sent_is_in_memory_but_once_more():
    array = np.zeros(20_000_000, np.uint8)
    tracemalloc.start()
    try:
        assert list(shared(len, [array], helpers=1)) == [len(array)]
        assert tracemalloc.get_traced_memory()[1] < 1.5 * array.nbytes
    finally:
        tracemalloc.stop()


def test_an_error_of_the_work_comes_to_the_one_who_asked():
    with pytest.raises(ZeroDivisionError):
        list(shared(eval, ["1 / 0"] * 5, helpers=1))


def test_many_workers_give_the_same_readings_in_order_and_errors_in_their_places(at_once, tmp_path):
    for digit in range(10):
        Image.fromarray(draw(digit)).save(tmp_path / f"{digit}.png")
    pictures = [tmp_path / f"{number % 10}.png" if number % 2 else draw(number % 10) for number in range(300)]
    pictures[7], pictures[100], pictures[299] = tmp_path / "missing.png", np.zeros((3, 3, 9)), None
    pictures[50], pictures[60] = Image.fromarray(draw(0)), draw(0)[:, ::-1]
    with (tmp_path / "1.png").open("rb") as pictures[51]:  # can't be sent to another process
        shared_out = list(pad.read_many(pictures, workers=3))
        alone = list(pad.read_many(pictures))
    errors = [place for place, item in enumerate(shared_out) if isinstance(item, PictureError)]
    assert errors == [7, 100, 299]
    assert [str(shared_out[place]) for place in errors] == [str(alone[place]) for place in errors]
    for mine, theirs in zip(alone, shared_out, strict=True):
        if not isinstance(mine, PictureError):
            assert (mine.digit, mine.verdict, mine.name) == (theirs.digit, theirs.verdict, theirs.name)
            np.testing.assert_array_equal(mine.glyph, theirs.glyph)
            np.testing.assert_allclose(mine.probabilities, theirs.probabilities, atol=1e-6)


@pytest.mark.parametrize("kind", [np.uint8, np.float32, object], ids=str)
def test_arrays_that_are_alike_are_read_as_they_are_alone(at_once, kind):
    pictures = [draw(number % 10).astype(kind) for number in range(200)]
    assert list(map(str, pad.read_many(pictures, workers=3))) == list(map(str, pad.read_many(pictures)))


def test_towards_the_end_turns_become_small_so_that_all_end_at_about_one_time(at_once, monkeypatch):
    monkeypatch.setattr("digitpad.many.TURN", 60.0)  # so long that one turn would have all of it
    turns = []
    monkeypatch.setattr(
        sharing, "shared", lambda work, batches, helpers: (turns.append(turn) or [] for turn in batches)
    )
    list(pad.read_many([SAMPLE] * 1000, workers=2))
    sizes = [len(turn) for turn in turns]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 100
    assert sizes[-1] <= FEW


def test_an_image_that_pil_opened_keeps_its_turning_and_its_pages(at_once, tmp_path):
    lying = Image.fromarray(draw(7)).rotate(90)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    lying.save(tmp_path / "scan.tif", exif=exif, save_all=True, append_images=[lying])
    names = [tmp_path / "scan.tif"] * 100
    told = {(reading.digit, reading.note) for reading in pad.read_many(map(Image.open, names), workers=3)}
    assert told == {(7, "The first of its 2 pages was read.")}


def test_helpers_read_with_the_same_model(at_once):
    readings = list(Recognizer("classic").read_many([SAMPLE] * 100, workers=2))
    assert {reading.confidence for reading in readings}.isdisjoint({pad.read(SAMPLE).confidence})


def test_no_more_is_taken_ahead_however_many_there_are(at_once):
    taken = 0

    def pictures():
        nonlocal taken
        while True:
            taken += 1
            yield SAMPLE

    readings = pad.read_many(pictures(), workers=2)
    for given in range(1, 1001):
        next(readings)
        assert taken - given <= (MOST_WAITING + AHEAD) * 32
    readings.close()


def test_whoever_stops_asking_leaves_no_process_behind(at_once):
    before = {child.pid for child in psutil.Process().children()}
    readings = pad.read_many([SAMPLE] * 500, workers=3)
    for _ in range(50):
        next(readings)
    helpers = {child.pid for child in psutil.Process().children()} - before
    assert len(helpers) == 2
    readings.close()
    assert {child.pid for child in psutil.Process().children()} == before


def test_a_few_pictures_start_no_process(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert [reading.digit for reading in pad.read_many([SAMPLE] * 5, workers=8)] == [7] * 5


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_helpers_end_with_the_one_who_asked_them(end):
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=-1, stderr=-1, text=True) as program:
        helpers = [int(pid) for pid in program.stdout.readline().split()]
        assert len(helpers) == 2
        program.send_signal(end)
        said = program.communicate(timeout=60)[1]
        until(lambda: not any(is_alive(pid) for pid in helpers))
    assert said.count("Traceback") == (end == signal.SIGINT)  # its own, of a KeyboardInterrupt that nobody caught


def test_a_script_that_is_not_written_for_several_processes_may_use_them(tmp_path):
    (tmp_path / "script.py").write_text("""
from digitpad import SAMPLE, Recognizer
print("begun")
print(sum(reading.digit for reading in Recognizer().read_many([SAMPLE] * 2000, workers=2)))
""")
    done = subprocess.run([sys.executable, tmp_path / "script.py"], capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["begun", "14000"]
    assert "Traceback" not in done.stderr


def test_the_cores_are_those_that_this_process_may_use():
    assert 1 <= cores() <= (os.cpu_count() or 1)
    if hasattr(os, "sched_setaffinity"):
        one = f"import os; os.sched_setaffinity(0, {{{min(os.sched_getaffinity(0))}}})\n"
        program = one + "from digitpad.sharing import cores; print(cores())"
        assert subprocess.check_output([sys.executable, "-c", program], text=True) == "1\n"


def test_a_message_that_breaks_off_in_an_array_is_none():
    taken, given = os.pipe()
    with os.fdopen(taken, "rb") as reading:
        with os.fdopen(given, "wb") as writing:
            whole = io.BytesIO()
            sharing._send(whole, np.ones(30_000, np.uint8))
            writing.write(whole.getvalue()[:-10_000])  # as where the process that wrote it was killed
        with pytest.raises(EOFError):
            sharing._receive(reading)
