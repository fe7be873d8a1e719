"""One Ray for all tests, and shards of real digits."""

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest
import ray
from pyarrow import parquet

from digitpad import Recognizer
from digitpad.cluster import engine
from digitpad.pad.results import Result


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a Ray with two CPUs as the command starts it, to which this process belongs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "cores", lambda: 2)
        with engine.started(None):
            yield ray.get_runtime_context().gcs_address


@pytest.fixture(scope="session")
def digits(mnist) -> list[bytes]:
    """MNIST's first test digits, as PNG files."""
    return [png(glyph) for glyph in mnist.test.glyphs[:500]]


def png(picture: np.ndarray) -> bytes:
    return cv2.imencode(".png", picture)[1].tobytes()


def tar(path: Path, pictures: list[bytes], times: int = 1) -> None:
    """A shard as WebDataset's: each picture with its label, and all of them so many times."""
    path.parent.mkdir(exist_ok=True)
    with tarfile.open(path, "w") as archive:
        for number, picture in enumerate(pictures * times):
            for suffix, content in (("png", picture), ("cls", b"7")):
                member = tarfile.TarInfo(f"{number:04}.{suffix}")
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))


def rows_in(folder: Path) -> list[dict]:
    """All rows that were written to a folder, by name."""
    found = []
    for path in folder.glob("part-*"):
        if path.suffix == ".jsonl":
            found += map(json.loads, path.read_text().splitlines())
        else:
            found += parquet.read_table(path).to_pylist()
    return sorted(found, key=lambda row: row["name"])


def expected(pictures: dict[str, bytes]) -> list[dict]:
    """The rows as `read_many` gives them, by name; the columns of the command's JSON."""
    names = sorted(pictures)
    read = Recognizer().read_many([pictures[name] for name in names])
    rows = [Result.of(name, outcome).row for name, outcome in zip(names, read, strict=True)]
    return [{"name": row.pop("file"), **row} for row in rows if row.pop("corrected") is None]


def as_command(rows: list[dict]) -> list[dict]:
    """The same rows without what only this command writes."""
    return [{name: value for name, value in row.items() if name not in ("text", "boxes")} for row in rows]


def actors() -> list[psutil.Process]:
    """The processes in which Ray's actors read."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if "MapWorker(Map(ShardReader))" in " ".join(process.info["cmdline"] or [])
    ]
