"""`digitpad cluster read`: all pictures of a place, shard by shard, with how far it is."""

import sys
import time
from typing import TYPE_CHECKING

from digitpad import DigitpadError
from digitpad.command.display import printable
from digitpad.command.reading import tell
from digitpad.models import catalogue
from digitpad.pictures.folders import OTHER

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from digitpad.cluster import Progress

OFTEN = 30.0  # seconds between two lines where there is no terminal


def read_in_bulk(source: str, output: str, numbers: bool, model: str | None, address: str | None, form: str) -> int:
    """Read all pictures of a place and write a row for each; see `digitpad.cluster.read_all`.

    Returns:
        the exit status: 1 where a shard could not be read.

    Raises:
        DigitpadError: the extra is not installed; the input, the output, the model or Ray can't be.
    """
    who, notice = (catalogue.named(model), "") if model is not None else catalogue.in_use()
    tell(notice)
    with Shown() as shown:
        shown.starting()
        try:
            from digitpad.cluster import hushed, read_all
        except ModuleNotFoundError as error:
            raise DigitpadError(str(error)) from error
        try:
            with hushed():
                progress = read_all(source, output, numbers, who, address, form, shown.update)
        except KeyboardInterrupt:
            shown.stopped()
            raise
    for reason in progress.errors:
        tell(printable(reason))
    if progress.left_out:
        tell(f"Passed over: {progress.left_out} {OTHER[progress.left_out > 1]}")
    if progress.before:
        tell(f"Read before: {_shards(progress.before)}")
    if progress.done:
        tell(progress.told)
    tell(f"The rows are in {printable(output)}")
    if progress.errors:
        tell(f"{_shards(len(progress.errors))} could not be read: the same command tries again")
    return 1 if progress.errors else 0


class Shown:
    """How far it is: a bar at a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._bar: tuple[Bar, TaskID] | None = None
        self._latest: Progress | None = None
        self._told = time.monotonic()
        self._first: tuple[float, int] | None = None  # when the first shard was done, of how many pictures

    def __enter__(self) -> "Shown":
        return self

    def __exit__(self, kind: "type[BaseException] | None", error: object, trace: "TracebackType | None") -> None:
        if self._bar:
            self._bar[0].stop()

    def starting(self) -> None:
        """Say that Ray starts, which takes some seconds."""
        if not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(compact=True))
        bar = Progress(
            *columns,
            console=Console(stderr=True, highlight=False),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._bar = bar, bar.add_task("Starting Ray", total=None)
        bar.start()

    def update(self, progress: "Progress") -> None:
        """Show how far it is."""
        now, self._latest = time.monotonic(), progress
        if progress.pictures and self._first is None:
            self._first = now, progress.pictures
        told = f"{self._done(progress)} of {_shards(progress.shards)}, {_pictures(progress)}"
        if self._first and progress.pictures > self._first[1]:
            told += f", {(progress.pictures - self._first[1]) / (now - self._first[0]):,.0f} a second"
        if self._bar:
            bar, task = self._bar
            bar.update(task, description=told, completed=self._done(progress), total=progress.shards)
        elif now - self._told > OFTEN:
            self._told = now
            tell(told)

    def stopped(self) -> None:
        """Say where it was stopped."""
        if self._bar:
            self._bar[0].stop()
        if self._latest:
            done = self._done(self._latest)
            tell(f"Stopped after {done} of {_shards(self._latest.shards)}. The same command goes on there.")

    @staticmethod
    def _done(progress: "Progress") -> int:
        return progress.before + progress.done + len(progress.errors)


def _shards(count: int) -> str:
    return f"{count:,} shard{'' if count == 1 else 's'}"


def _pictures(progress: "Progress") -> str:
    what = "page" if progress.numbers else "picture"
    return f"{progress.pictures:,} {what}{'' if progress.pictures == 1 else 's'}"
