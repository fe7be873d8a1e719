"""How results are shown at a terminal, in a pipe, or in a file: as they come, and with how far it is."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad import Verdict
from digitpad.pad.results import HEADINGS, Result, csv_lines

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID
    from rich.table import Table

PATIENCE = 1.0  # seconds until a bar says how far it is
_, FILE, DIGIT, WORDS, CONFIDENCE = HEADINGS
STYLES = {None: "red", Verdict.NOT_A_DIGIT: "dim", Verdict.EMPTY: "dim", Verdict.UNSURE: "yellow"}


class Display:
    """Shows results on standard output, and at a terminal a bar below them while there are more to come.

    Args:
        form: "table", "json" or "csv".
        files: all that are read.
    """

    def __init__(self, form: str, files: Sequence[str]) -> None:
        self._form = form
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

    def __enter__(self) -> "Display":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar[0].stop()

    def show(self, results: Sequence[Result]) -> None:
        """Show the next results."""
        if self._is_table and self._rich:
            self._rich.print(self._table(results, self._rich.width))
        elif self._form == "csv":
            head, *lines = csv_lines(results)
            sys.stdout.buffer.write(b"".join(lines if self._shown else [head, *lines]))
        else:
            as_line = self._as_json if self._form == "json" else self._as_text
            sys.stdout.write("".join(f"{as_line(result)}\n" for result in results))
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

    def _table(self, results: Sequence[Result], width: int) -> "Table":
        """Some rows, as wide as all others, under the headings if they are the first."""
        from rich.table import Table
        from rich.text import Text

        table = Table(
            box=None, show_header=not self._shown, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold"
        )
        table.add_column(FILE, width=min(max(self._longest, len(FILE)), width * 2 // 5), overflow="fold")
        table.add_column(DIGIT, width=len(DIGIT), justify="center")
        table.add_column(CONFIDENCE, width=len(CONFIDENCE), justify="right")
        table.add_column(WORDS)
        for result in results:
            cells = (self._label(result.file), Text(result.digit, "bold"), result.confidence, printable(result.words))
            row = [cell if isinstance(cell, Text) else Text(cell) for cell in cells]
            table.add_row(*row, style=STYLES.get(result.kind))
        return table

    def _as_text(self, result: Result) -> str:
        file = self._label(result.file).ljust(self._longest)
        return f"{file}  {result.digit or '–'}  {result.confidence:>8}  {printable(result.words)}"

    def _as_json(self, result: Result) -> str:
        return json.dumps(result.row)

    def _label(self, file: str) -> str:
        return printable(Path(file).name if self._is_short else file)


def _console(is_error: bool) -> "Console":
    from rich.console import Console

    return Console(stderr=is_error, highlight=False)


def printable(text: str) -> str:
    """A text with no sign in it that a terminal would obey, or could not show."""
    return text if text.isprintable() else "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
