"""`digitpad read`: what is in pictures, a row each."""

import io
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from digitpad import DigitpadError, Recognizer, Verdict
from digitpad.command.display import Display
from digitpad.models import catalogue
from digitpad.pad.results import Result, counted, for_a_moment, stopped
from digitpad.pictures.folders import files_among

STANDARD_INPUT = Path("-")
MOST_BYTES = 500_000_000  # of standard input, which might never end


def read(words: Sequence[str], model: str | None, form: str) -> int:
    """Read files, the pictures in folders, and standard input.

    Args:
        words: what a person named.
        model: who reads, by name or path; None for the one in use.
        form: "table", "json" or "csv".

    Returns:
        the exit status: 1 where one could not be read, or there was none.

    Raises:
        DigitpadError: there is no such model, or nothing can come from standard input.
    """
    found = files_among(map(_path, words))
    if not found.files:
        from digitpad.pictures.decoding import NO_PICTURES

        tell(NO_PICTURES)
        tell(found.passed_over)
        return 1
    recognizer = Recognizer(None if model is None else catalogue.named(model))
    tell(recognizer.notice)
    names = ["standard input" if path == STANDARD_INPUT else str(path) for path in found.files]
    pictures = [_standard_input() if path == STANDARD_INPUT else path for path in found.files]
    outcomes = zip(found.files, names, recognizer.read_many(pictures, _workers(len(pictures))), strict=True)
    results = (Result.of(name, found.errors.get(path, outcome)) for path, name, outcome in outcomes)
    kinds: Counter[Verdict | None] = Counter()
    try:
        with Display(form, names) as display:
            while some := list(for_a_moment(results)):
                display.show(some)
                kinds.update(result.kind for result in some)
    except KeyboardInterrupt:
        tell(stopped(kinds.total(), len(names), counted(kinds)))
        raise
    if len(names) > 1:
        tell(counted(kinds))
    tell(found.passed_over)
    return 1 if kinds[None] else 0


def tell(line: str) -> None:
    """Say something to the person that is no result; nothing where there is nothing to say."""
    if line:
        print(line, file=sys.stderr)


def _path(word: str) -> Path:
    path = Path(word)
    return path.absolute() if path == STANDARD_INPUT and word != "-" else path  # a file may be called so: ./-


def _standard_input() -> io.BytesIO:
    if sys.stdin is None or sys.stdin.isatty():
        raise DigitpadError("Nothing comes from standard input. Send a picture: digitpad read - < seven.png")
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DigitpadError(f"More than {MOST_BYTES // 10**6} MB come from standard input: that is no picture.")
    file = io.BytesIO(content)
    file.name = "standard input"  # for the sentences about it
    return file


def _workers(count: int) -> int:
    if count == 1:
        return 1
    from digitpad.sharing import cores

    return cores()
