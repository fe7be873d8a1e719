"""How results are shown at a terminal, in a pipe, or in a file: as they come, and with how far it is."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

from digitpad.command.kinds import STYLES, Kind, Line, T

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID
    from rich.table import Table

PATIENCE = 1.0  # seconds until a bar says how far it is


class Display(Generic[T]):
    """Shows results on standard output, and at a terminal a bar below them while there are more to come.

    Args:
        kind: what is read.
        form: "table", "json" or "csv".
        files: all that are read, also the pages of them.
    """

    def __init__(self, kind: Kind[T, Any], form: str, files: Sequence[str]) -> None:
        self._kind, self._form = kind, form
        self._total, self._shown = len(files), 0
        self._began = time.monotonic()
        is_terminal = sys.stdout.isatty()
        # A program wants the path, a person the name, where that tells the files apart.
        self._is_short = is_terminal and len({Path(file).name for file in files}) == len(files)
        self._longest = max(len(self._label(file)) for file in files)
        self._rich: Console | None = None  # where it draws; it takes a while to load, so not for a single picture
        self._bar: tuple[Progress, TaskID] | None = None
        self._is_table = form == "table" and is_terminal and self._total > 1
        if self._is_table or (self._total > 1 and sys.stderr.isatty() and not is_terminal):
            self._rich = _console(is_error=not is_terminal)

    def __enter__(self) -> "Display[T]":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar[0].stop()

    def show(self, results: Sequence[T]) -> None:
        """Show the next results."""
        if self._is_table and self._rich:
            self._rich.print(self._table(results, self._rich.width))
        elif self._form == "csv":
            head, *lines = self._kind.csv_lines(results)
            sys.stdout.buffer.write(b"".join(lines if self._shown else [head, *lines]))
        elif self._form == "json":
            sys.stdout.write("".join(f"{json.dumps(self._kind.row(result))}\n" for result in results))
        else:
            sys.stdout.write("".join(self._as_text(*line) for line in self._lines(results)))
        sys.stdout.flush()
        self._shown += len(results)
        self._tell_progress()

    def _tell_progress(self) -> None:
        if self._rich and not self._bar and time.monotonic() - self._began > PATIENCE:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

            columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
            # By itself it would send standard output where it is drawn itself, also what is to go to a file.
            progress = Progress(
                *columns, console=self._rich, transient=True, redirect_stdout=False, redirect_stderr=False
            )
            self._bar = progress, progress.add_task("", total=self._total)
            progress.start()
        if self._bar:
            progress, task = self._bar
            progress.update(task, completed=self._shown)

    def _table(self, results: Sequence[T], width: int) -> "Table":
        """Some rows, as wide as all others, under the headings if they are the first."""
        from rich.table import Table
        from rich.text import Text

        file, mark, confidence, words = self._kind.headings
        table = Table(
            box=None, show_header=not self._shown, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold"
        )
        table.add_column(file, width=min(max(self._longest, len(file)), width * 2 // 5), overflow="fold")
        table.add_column(mark, width=len(mark), justify="center")
        table.add_column(confidence, width=len(confidence), justify="right")
        table.add_column(words)
        for label, line in self._lines(results):
            cells = Text(label), Text(line.mark, "bold"), Text(line.confidence), Text(printable(line.words))
            table.add_row(*cells, style=STYLES.get(line.kind))
        return table

    def _as_text(self, label: str, line: Line) -> str:
        file = label.ljust(self._longest)
        return f"{file}  {line.mark or '–':<2}  {line.confidence:>8}  {printable(line.words)}\n"

    def _lines(self, results: Sequence[T]) -> Iterator[tuple[str, Line]]:
        """The lines of some results, each with the label of its file."""
        return ((self._label(result.file), line) for result in results for line in self._kind.lines(result))

    def _label(self, file: str) -> str:
        return printable(Path(file).name if self._is_short else file)


def _console(is_error: bool) -> "Console":
    from rich.console import Console

    return Console(stderr=is_error, highlight=False)


def printable(text: str) -> str:
    """A text with no sign in it that a terminal would obey, or could not show."""
    return text if text.isprintable() else "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
