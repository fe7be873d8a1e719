"""Reading in bulk: on a real Ray, of which something dies; and what goes in and comes out, which needs none."""

import contextlib
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from conftest import draw
from pyarrow import parquet
from ray.data.extensions import ArrowTensorArray
from waiting import until

from digitpad import SAMPLE, Recognizer
from digitpad.cluster import read_all, reading
from digitpad.cluster.pipeline import ColumnReader
from digitpad.cluster.sending import SentModel
from digitpad.cluster.worker import ShardReader
from digitpad.errors import ClusterError
from digitpad.pad.page_results import PageResult

from ..command.conftest import COMMAND, interrupted
from .conftest import actors, as_command, expected, png, rows_in, tar

BROKEN = SAMPLE.read_bytes()[:200]


def test_an_actor_that_dies_in_the_middle_loses_no_row(cluster, digits, tmp_path):
    pictures = {}
    for shard in range(8):
        some = digits[shard * 60 : shard * 60 + 60]
        tar(tmp_path / "shards" / f"{shard}.tar", some, times=8)
        names = [f"{tmp_path}/shards/{shard}.tar/{number:04}.png" for number in range(480)]
        pictures.update(zip(names, some * 8, strict=True))
    killed = []

    def kill(progress):
        if progress.done and not killed:
            killed.append(actors()[0])
            killed[0].kill()

    progress = read_all(tmp_path / "shards", tmp_path / "rows", watch=kill)
    assert killed
    assert (progress.shards, progress.done, progress.errors) == (8, 8, [])
    assert progress.pictures == len(pictures) == 3840
    assert as_command(rows_in(tmp_path / "rows")) == expected(pictures)


def test_a_command_that_is_interrupted_or_killed_goes_on_where_it_was(cluster, digits, tmp_path):
    shards, rows = tmp_path / "shards", tmp_path / "rows"
    for shard in range(16):
        tar(shards / f"{shard:02}.tar", digits[shard : shard + 20], times=50)

    def parts() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in rows.glob("part-*")}

    words = ["cluster", "read", shards, rows, "--address", cluster]
    said = interrupted(*words, into=tmp_path / "out", until=r"\d of 16 shards")
    assert "The same command goes on there." in said
    first = parts()
    assert len(first) < 16
    with subprocess.Popen([*COMMAND, *map(str, words)], stdout=subprocess.DEVNULL) as program:
        until(lambda: len(parts()) > len(first), program=program)
        program.kill()
    assert len(second := parts()) < 16
    progress = read_all(str(shards), rows, address=cluster)
    assert progress.before >= len(second)
    assert (progress.shards, progress.before + progress.done, progress.errors) == (16, 16, [])
    assert second.items() <= parts().items()  # nothing was read again
    found = rows_in(rows)
    names = [f"{shards}/{shard:02}.tar/{number:04}.png" for shard in range(16) for number in range(1000)]
    assert [row["name"] for row in found] == names
    once = [row["digit"] for row in expected({f"{number:02}": digits[number] for number in range(36)})]
    assert [row["digit"] for row in found] == [d for shard in range(16) for d in once[shard : shard + 20] * 50]


@pytest.fixture
def alone(monkeypatch):
    """What each actor does, in this process."""
    monkeypatch.setattr(reading, "started", lambda address: contextlib.nullcontext())
    monkeypatch.setattr(reading, "_answers", lambda todo, job: map(ShardReader(job), todo))


def test_all_kinds_of_input_are_read_as_the_command_reads_files(alone, digits, tmp_path):
    scans = tmp_path / "scans"
    (scans / "inner").mkdir(parents=True)
    (scans / "one.png").write_bytes(digits[0])
    (scans / "inner" / "broken.png").write_bytes(BROKEN)
    (scans / "notes.txt").write_text("no picture")
    with zipfile.ZipFile(scans / "two.zip", "w") as archive:
        archive.writestr("a/2.png", digits[1])
        archive.writestr("a/empty.png", b"")
        archive.writestr("__MACOSX/a/2.png", b"?")
    table = {"image": [{"bytes": digits[2], "path": None}, {"bytes": None, "path": "x"}], "label": [1, 2]}
    parquet.write_table(pa.table(table), scans / "three.parquet")
    tar(scans / "four.tar", digits[3:5])
    whole = (scans / "four.tar").read_bytes()
    (scans / "four.tar").write_bytes(whole[:1500])

    progress = read_all(scans, tmp_path / "rows", form="jsonl")
    assert progress.errors == [f"{scans}/four.tar is damaged or cut off. Get another copy of it."]
    assert progress.left_out == 1
    assert progress.told == "3 digits, 3 could not be read"

    (scans / "four.tar").write_bytes(whole)
    (scans / "late.png").write_bytes(digits[5])
    progress = read_all(f"file://{scans}/", tmp_path / "rows", form="jsonl")
    assert (progress.before, progress.done, progress.errors) == (3, 2, [])
    found = {row["name"].removeprefix("file://"): row for row in rows_in(tmp_path / "rows")}
    fine = {
        f"{scans}/{name}": digits[number]
        for number, name in enumerate(
            [
                "one.png",
                "two.zip/a/2.png",
                "three.parquet, row 1",
                "four.tar/0000.png",
                "four.tar/0001.png",
                "late.png",
            ]
        )
    }
    assert as_command([{**found.pop(name), "name": name} for name in sorted(fine)]) == expected(fine)
    errors = {name.removeprefix(f"{scans}/"): row["error"].replace(f"{scans}/", "") for name, row in found.items()}
    assert errors == {
        "inner/broken.png": "The file inner/broken.png is damaged or cut off. Get another copy of it.",
        "two.zip/a/empty.png": "The file two.zip/a/empty.png is empty (0 bytes). Get another copy of it.",
        "three.parquet, row 2": "three.parquet, row 2 holds no picture.",
    }
    with pytest.raises(ClusterError, match=r"rows holds rows of another format\. Name a new folder for these\."):
        read_all(scans, tmp_path / "rows")
    with pytest.raises(ClusterError, match=r"scans holds other files\. Name a new folder for the rows\."):
        read_all(scans, scans)


def test_a_shard_that_kills_whoever_reads_it_is_given_up(alone, monkeypatch, digits, tmp_path):
    tar(tmp_path / "bad.tar", digits[:1])
    monkeypatch.setattr(reading, "_answers", lambda todo, job: map(ShardReader(job, lambda number: 5), todo))
    progress = read_all(tmp_path / "bad.tar", tmp_path / "rows")
    assert progress.errors == [
        f"{tmp_path}/bad.tar can't be read: whoever read it died 4 times, for want of memory say."
    ]
    assert not list((tmp_path / "rows").glob("part-*"))


def test_numbers_are_read_page_by_page_with_their_boxes(alone, tmp_path):
    page = np.full((300, 600), 255, np.uint8)
    page[10:290, 10:290], page[10:290, 310:590] = draw(4), draw(7)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("page.png", png(page))
        archive.writestr("broken.png", BROKEN)
    progress = read_all(tmp_path, tmp_path / "rows", numbers=True)
    assert progress.pictures == 2
    again = read_all(tmp_path, tmp_path / "rows", numbers=True)  # the rows are not taken for pictures
    assert (again.shards, again.before, again.done, again.errors) == (1, 1, 0, [])
    broken, row = rows_in(tmp_path / "rows")
    assert broken["error"]
    read = PageResult.of("", Recognizer().read_numbers(png(page)))
    assert row["text"] == read.text
    assert [box["number"] for box in row["boxes"]] == [number.text for number in read.numbers]
    assert [box["left"] for box in row["boxes"]] == [number.box[0] for number in read.numbers]


def test_readings_are_a_step_of_a_pipeline_of_ones_own(digits):
    """On Ray it runs as the guide's example does."""
    files = pa.table({"bytes": [*digits[:5], None], "of": range(6)})
    arrays = pa.table({"image": ArrowTensorArray.from_numpy(np.stack([draw(4), draw(7)]))})
    sent = SentModel.of(Recognizer().model)
    rows = ColumnReader(sent, "bytes", numbers=False)(files).to_pylist()
    assert list(rows[0]) == ["of", "text", "digit", "verdict", "confidence", "likeliest", "boxes", "error", "note"]
    fine = expected({str(number): digits[number] for number in range(5)})
    assert [row["digit"] for row in rows] == [*(row["digit"] for row in fine), None]
    assert rows[-1]["error"] == "This row holds no picture."
    read = ColumnReader(sent, "image", numbers=False)(arrays)
    assert read.column("digit").to_pylist() == [4, 7]
