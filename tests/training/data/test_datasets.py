"""Where MNIST is looked for, how it is fetched, and what is said when it is not right."""

import gzip
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from mirror import Mirror, a_login_page, another_file, break_off, cut_off, not_found
from waiting import until

from digitpad.errors import DataError
from digitpad.training.data.datasets import MNIST_CONTENTS, load_mnist, mnist_cache

FILES = list(MNIST_CONTENTS)
IMAGES, LABELS = FILES[0], FILES[1]


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """An empty cache folder, and nothing named by the environment."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("DIGITPAD_DATA", raising=False)
    return mnist_cache()


@pytest.fixture
def data(mnist, tmp_path) -> Path:
    """A folder like the one that $DIGITPAD_DATA names: a copy of the real files in mnist/."""
    folder = tmp_path / "data" / "mnist"
    folder.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(mnist.source / name, folder / name)
    return folder.parent


@pytest.fixture
def mirror(mnist) -> Iterator[Mirror]:
    mirror = Mirror(mnist.source)
    yield mirror
    mirror.server.shutdown()
    mirror.server.server_close()


def test_the_real_mnist_has_its_shapes_and_its_first_digits(mnist):
    assert mnist.train.glyphs.shape == (60_000, 28, 28)
    assert mnist.test.glyphs.shape == (10_000, 28, 28)
    assert mnist.train.labels[:8].tolist() == [5, 0, 4, 1, 9, 2, 1, 3]
    assert mnist.test.labels[:8].tolist() == [7, 2, 1, 0, 4, 1, 4, 9]


def test_the_named_folder_comes_before_the_environment_and_that_before_the_cache(data, own_cache, monkeypatch):
    shutil.copytree(data / "mnist", own_cache)
    assert load_mnist(mirrors=[]).source == own_cache
    monkeypatch.setenv("DIGITPAD_DATA", str(data))
    assert load_mnist(mirrors=[]).source == data / "mnist"
    other = Path(shutil.copytree(data, data.with_name("other")))
    assert load_mnist(other, mirrors=[]).source == other / "mnist"


def test_the_files_may_lie_in_the_named_folder_itself(data, own_cache):
    assert load_mnist(data / "mnist", mirrors=[]).source == data / "mnist"


def test_an_environment_without_mnist_is_passed_over(data, own_cache, monkeypatch, tmp_path):
    shutil.copytree(data / "mnist", own_cache)
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path / "nowhere"))
    assert load_mnist(mirrors=[]).source == own_cache


def test_a_named_folder_without_mnist_is_an_error_and_nothing_is_downloaded(tmp_path, own_cache, mirror):
    with pytest.raises(DataError, match=r"no MNIST in .*--data|no MNIST in .*Name another folder"):
        load_mnist(tmp_path, mirrors=[mirror.address])
    assert mirror.asked == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:1000]), "cut off or damaged"),
        (lambda path: path.write_bytes(b"rubbish"), "cut off or damaged"),
        (lambda path: path.write_bytes(b""), "SHA-256|cut off"),
        (lambda path: path.write_bytes(gzip.compress(b"other")), "SHA-256"),
        (lambda path: path.unlink(), "is missing"),
        (lambda path: (path.unlink(), path.mkdir()), "can't be read"),
    ],
    ids=["cut", "rubbish", "empty", "other", "missing", "folder"],
)
def test_a_file_of_the_users_that_is_not_right_is_named_and_left_alone(data, damage, says):
    damage(data / "mnist" / LABELS)
    with pytest.raises(DataError, match=rf"{LABELS} .*({says})"):
        load_mnist(data, mirrors=[])


def test_what_is_nowhere_is_downloaded_once(own_cache, mirror, capfd):
    assert len(load_mnist(mirrors=[mirror.address]).train) == 60_000
    assert mirror.asked == FILES
    assert sorted(path.name for path in own_cache.iterdir()) == sorted(FILES)
    shown = capfd.readouterr()
    assert f"Downloading {IMAGES}" in shown.out
    assert "100%" in shown.err  # the progress bar
    load_mnist(mirrors=[])


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (not_found, "404"),
        (break_off, "broke off half-way"),
        (cut_off, "cut off"),
        (another_file, "not the published ones"),
        (a_login_page, "damaged or another file"),
    ],
)
def test_a_mirror_that_fails_is_named_with_the_reason_and_leaves_nothing(own_cache, mirror, fault, says):
    mirror.faults[LABELS] = fault
    with pytest.raises(DataError) as refusal:
        load_mnist(mirrors=[mirror.address])
    message = str(refusal.value)
    assert f"{mirror.address}{LABELS}" in message
    assert says in message
    assert "--data" in message
    # The file before it is kept, of the broken one nothing.
    assert [path.name for path in own_cache.iterdir()] == [IMAGES]
    mirror.faults.clear()
    mirror.asked.clear()
    load_mnist(mirrors=[mirror.address])
    assert mirror.asked == FILES[1:]


def test_the_second_mirror_is_asked_where_the_first_fails(own_cache, mirror, mnist):
    good = Mirror(mnist.source)
    mirror.faults[LABELS] = break_off
    load_mnist(mirrors=[mirror.address, good.address])
    assert good.asked == [LABELS]
    good.server.shutdown()
    good.server.server_close()


def test_mirrors_out_of_reach_are_all_named(own_cache):
    with socket.socket() as unused:  # bound, but nobody listens
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        mirrors = [f"http://127.0.0.1:{port}/a/", f"http://127.0.0.1:{port}/b/"]
        with pytest.raises(DataError, match=r"(?s)/a/.*can't be reached.*/b/.*can't be reached"):
            load_mnist(mirrors=mirrors)


def test_a_damaged_file_in_the_cache_is_fetched_anew(data, own_cache, mirror):
    shutil.copytree(data / "mnist", own_cache)
    (own_cache / LABELS).write_bytes(b"rubbish")
    load_mnist(mirrors=[mirror.address])
    assert mirror.asked == [LABELS]


def test_a_cache_that_cannot_be_written_is_named(tmp_path, own_cache, mirror):
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(DataError, match=r"can't be written"):
        load_mnist(mirrors=[mirror.address])


def test_a_download_that_is_killed_leaves_no_half_file_and_starts_again(own_cache, mirror):
    over = threading.Event()

    def stall(handler, content):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(content) // 2])
        over.wait()

    mirror.faults[IMAGES] = stall
    program = f"from digitpad.training.data.datasets import load_mnist; load_mnist(mirrors=[{mirror.address!r}])"
    with subprocess.Popen([sys.executable, "-c", program]) as downloading:
        until(lambda: any(part.stat().st_size for part in own_cache.glob("*")), program=downloading)
        downloading.kill()
    over.set()
    assert not (own_cache / IMAGES).exists()
    mirror.faults.clear()
    assert len(load_mnist(mirrors=[mirror.address]).train) == 60_000
