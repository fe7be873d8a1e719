"""What each of Ray's actors does: it holds one recognizer, and reads shard after shard."""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2

from digitpad.cluster.contents import pictures_in
from digitpad.cluster.places import Place
from digitpad.cluster.rows import Rows, row_of
from digitpad.cluster.sending import SentModel
from digitpad.cluster.tries import MOST
from digitpad.errors import ClusterError
from digitpad.pad.page_results import PageResult
from digitpad.pad.results import Result

if TYPE_CHECKING:
    from digitpad.many import Sent


@dataclass(frozen=True)
class Job:
    """What all shards have in common.

    Attributes:
        folder: where the pictures lie.
        output: where the rows go.
        form: "parquet" or "jsonl".
        numbers: whether numbers are read, of each file all pages, not a digit.
        model: who reads.
    """

    folder: Place
    output: Place
    form: str
    numbers: bool
    model: SentModel


class ShardReader:
    """Reads shards, one after another, and writes the rows of each as one file.

    What it holds of a shard is one picture, and the rows as they are written. If it dies, Ray starts another and
    gives it the same shard, whose file has the same name: no row is there twice.

    Args:
        job: what all shards have in common.
        begun: takes note that a shard is begun, by its number, and gives how often it was.
    """

    def __init__(self, job: Job, begun: Callable[[int], int] = lambda number: 1) -> None:
        cv2.setNumThreads(1)  # the other cores have actors of their own
        self._job, self._begun = job, begun
        self._recognizer = job.model.recognizer()

    def __call__(self, shard: dict[str, Any]) -> dict[str, Any]:
        """Read a shard.

        Args:
            shard: its `number`, its `files`, and the `file` that its rows go to.

        Returns:
            its `number`; `count`, what of which kind there was, as JSON; and `error`, why it could not be read.
        """
        number, count = int(shard["number"]), Counter[Any]()
        rows, error = Rows(self._job.form), ""
        try:
            if self._begun(number) > MOST:
                first = self._job.folder.below(str(shard["files"][0])).shown
                raise ClusterError(
                    f"{first} can't be read: whoever read it died {MOST} times, for want of memory say."
                )
            for result in self._results(shard["files"]):
                rows.add(row_of(result))
                count.update(result.count if isinstance(result, PageResult) else [result.kind])
            self._job.output.below(str(shard["file"])).write_whole(rows.content())
        except ClusterError as reason:
            error = str(reason)
        except Exception as reason:  # noqa: BLE001  # the other shards are read all the same
            error = f"{', '.join(shard['files'][:1])} can't be read: {type(reason).__name__}: {reason}."
        return {"number": number, "count": json.dumps(list(count.items())), "error": error}

    def _results(self, files: Iterable[str]) -> Iterator[Result | PageResult]:
        names: deque[str] = deque()

        def pictures() -> "Iterator[Sent]":
            for name, picture in pictures_in(self._job.folder, map(str, files), by_page=self._job.numbers):
                names.append(name)
                yield picture

        if self._job.numbers:
            for page in self._recognizer.read_many_numbers(pictures()):
                yield PageResult.of(names.popleft(), page)
        else:
            for reading in self._recognizer.read_many(pictures()):
                yield Result.of(names.popleft(), reading)
