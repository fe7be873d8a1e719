"""How a program ends that a person started: by Ctrl-C or by an error, with a sentence at most, never a traceback.

Ctrl-C means another thing while a program loads, when there is nothing to put away, than when it is at work. Python's
own way, an exception wherever the program happens to be, is no way out of an import, where it may come out as another
one, nor out of TensorFlow, which prints and forgets it in a callback.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from digitpad.errors import DigitpadError, not_installed

# Exit statuses.
FAILED = 1
INTERRUPTED = 130  # what shells give for Ctrl-C
HEED = 1.0  # seconds between two looks whether a thread has ended, or Ctrl-C was pressed
Result = TypeVar("Result")


def end_quietly() -> None:
    """From now on Ctrl-C ends the program at once: called before what takes long to load."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell's `&` has it ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Meanwhile Ctrl-C ends the program at once, and from then on it is Python's exception again."""
    end_quietly()
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def say(words: Callable[[], str]) -> None:
    """On Ctrl-C, or when the system asks to end, say these words and leave with the status that shells give for it.

    For a program whose files are whole at every moment: nothing is brought to an end first.

    Args:
        words: called then; the latest that were given count.
    """

    def leave(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # once is enough
        with contextlib.suppress(Exception):  # it may have been writing just then, or nobody listens any more
            sys.stdout.flush()
        with contextlib.suppress(Exception):
            os.write(1, f"\n{words()}\n".encode())
        os._exit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM):
        # A shell that starts a program in the background has it ignore Ctrl-C.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, leave)


@contextlib.contextmanager
def ending_at_once() -> Iterator[None]:
    """Meanwhile Ctrl-C ends the program at once, without a word: for where a library keeps Python itself waiting."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def heeding_signals(work: Callable[[], Result]) -> Result:
    """Do something in a thread, so that Ctrl-C is heeded at once, also while a library waits for another machine."""
    import concurrent.futures  # late: the command, which starts in a moment, does without

    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        doing = thread.submit(work)
        while not doing.done():
            concurrent.futures.wait([doing], timeout=HEED)  # without end it can't be interrupted on Windows
        return doing.result()


def run_script(name: str, load: Callable[[], Callable[[], int]], extras: str = "train") -> int:
    """Do a script's work and return its exit status; what goes wrong becomes one sentence on standard error.

    Args:
        name: the script's, before the sentence.
        load: imports what the work needs, and gives the work, which gives the exit status.
        extras: those of digitpad's optional dependencies that it needs.
    """
    try:
        with loading():
            work = load()
        return work()
    except (DigitpadError, OSError) as error:
        message = str(error)
    except ModuleNotFoundError as error:
        message = not_installed(error, "this script", extras)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED
    print(f"{name}: {message}", file=sys.stderr)
    return FAILED
