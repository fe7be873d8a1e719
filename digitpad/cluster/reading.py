"""Reading all pictures of a place, shard by shard, and going on after whatever stopped it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ray.data
from ray.exceptions import RayError

from digitpad.cluster import ledger as ledgers
from digitpad.cluster.contents import is_picture, is_shard
from digitpad.cluster.engine import started
from digitpad.cluster.places import files_at, place_of
from digitpad.cluster.sending import SentModel
from digitpad.cluster.tries import counting
from digitpad.cluster.worker import Job, ShardReader
from digitpad.errors import ClusterError
from digitpad.models.model import Model
from digitpad.pad import page_results, results
from digitpad.reading import Verdict
from digitpad.recognizer import Recognizer

FORMATS = ("parquet", "jsonl")
PICTURES, PAGES = 1000, 50  # files by themselves that make a shard, of digits and of numbers: a second or a few
AHEAD = 2  # shards that an actor has: one to read, and the next


@dataclass
class Progress:
    """How far a reading is.

    Attributes:
        shards: how many there are.
        before: how many of them an earlier run has read.
        done: how many this one has.
        count: what came of the pictures of these; `told` puts it into words.
        errors: a sentence for each shard that could not be read.
        numbers: whether numbers are read.
        left_out: how many files are neither pictures nor hold some.
    """

    shards: int
    before: int
    numbers: bool
    left_out: int
    done: int = 0
    count: Counter[Any] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @property
    def pictures(self) -> int:
        """How many pictures, or pages, were read."""
        if self.numbers:
            return self.count[page_results.PAGES] + self.count[page_results.FAILED]
        return self.count.total()

    @property
    def told(self) -> str:
        """What came of the pictures, as the command `digitpad read` says it."""
        return page_results.counted(self.count) if self.numbers else results.counted(self.count)


def read_all(
    source: str | Path,
    output: str | Path,
    numbers: bool = False,
    model: str | Path | Model | None = None,
    address: str | None = None,
    form: str = "parquet",
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read all pictures of a place on all cores of this machine or of a cluster, and write a row for each.

    Where an earlier run into the same folder was stopped it goes on; what has come since is read too.

    Args:
        source: a folder, which is gone through with all below it, a file, or a pattern such as "shards/*.tar"; a path
            or an address such as s3://bucket/scans. Files are pictures, tar and zip archives of them, or Parquet
            files with a column of them. Each archive or Parquet file is a shard, and so are 1,000 other pictures.
        output: a folder for the rows, a new one or one in which to go on; a path or an address. It gets a file for
            each shard, which appears whole.
        numbers: whether numbers are read, of each file all pages, not a digit.
        model: as for `Recognizer`.
        address: of the Ray cluster that this machine belongs to, or "auto"; without one Ray runs here.
        form: "parquet" or "jsonl".
        watch: called before the first shard and after each.

    Returns:
        what came of it.

    Raises:
        ClusterError: the input or the output can't be, or Ray.
        ModelError: the model that was asked for is missing or broken.
    """
    if form not in FORMATS:
        raise ClusterError(f"{form!r} is no format. Rows are written as {' or '.join(FORMATS)}.")
    sent = SentModel.of(Recognizer(model).model)
    place = place_of(str(output))
    folder, files = files_at(str(source))
    if place.is_in(folder):  # whose rows are no pictures
        files = [name for name in files if not folder.below(name).is_in(place)]
    fit = [name for name in files if is_shard(name) or is_picture(name)]
    if not fit:
        raise ClusterError(f"There are no pictures at {source}, nor archives or Parquet files.")
    settings = {"input": folder.address, "numbers": numbers, "form": form, "model": sent.name, "sha256": sent.sha256}
    ledger, there = ledgers.opened(place, settings)
    ledger.add(fit, PAGES if numbers else PICTURES)
    ledgers.write(ledger, place)
    present = set(fit)
    todo = [
        {"number": number, "files": still, "file": ledger.file_of(number)}
        for number, shard in enumerate(ledger.shards)
        if ledger.file_of(number) not in there and (still := [file for file in shard if file in present])
    ]
    before = sum(ledger.file_of(number) in there for number in range(len(ledger.shards)))
    progress = Progress(before + len(todo), before, numbers, len(files) - len(fit))
    if todo:
        job = Job(folder, place, form, numbers, sent)
        with started(address):
            _read(todo, job, progress, watch)
    return progress


def _read(todo: list[dict[str, Any]], job: Job, progress: Progress, watch: Callable[[Progress], None]) -> None:
    """Read shards, and keep account of them."""
    watch(progress)
    missing = {shard["number"]: shard for shard in todo}
    try:
        for answer in _answers(todo, job):
            if missing.pop(answer["number"], None) is None:
                continue  # Ray may do a thing twice where a machine was lost
            if answer["error"]:
                progress.errors.append(answer["error"])
            else:
                progress.done += 1
                counted = (
                    (Verdict(kind) if kind and not job.numbers else kind, many)
                    for kind, many in json.loads(answer["count"])
                )
                progress.count.update(dict(counted))
            watch(progress)
    except RayError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise ClusterError(
            f"Ray gave up: {lines[-1] if lines else type(error).__name__} What is read is kept, and the same command "
            "goes on with it. On a cluster each node needs this digitpad."
        ) from error
    progress.errors += [f"{job.folder.below(shard['files'][0]).shown} was lost by Ray." for shard in missing.values()]


def _answers(todo: list[dict[str, Any]], job: Job) -> Iterator[dict[str, Any]]:
    """What `ShardReader` says of each shard, in the order in which they are done."""
    workers = min(len(todo), max(1, int(ray.cluster_resources().get("CPU", 1))))
    dataset = ray.data.from_items(todo, override_num_blocks=len(todo))
    pool = ray.data.ActorPoolStrategy(
        min_size=1, initial_size=workers, max_size=len(todo), max_tasks_in_flight_per_actor=AHEAD
    )
    dataset.context.enable_progress_bars = False
    dataset.context.print_on_execution_start = False
    dataset.context.execution_no_progress_timeout_s = -1  # a shard may take as long as it takes
    dataset.context.max_errored_blocks = -1
    answers = dataset.map(ShardReader, fn_constructor_args=(job, counting()), compute=pool)
    for block in answers.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
        yield from block.to_pylist()
