"""Ctrl-C at any moment of a training: a sentence, and the end.

Python's own way, an exception wherever the program happens to be, is no way out of TensorFlow: raised in a callback
it is printed and forgotten, raised in an import it comes out as another one. The folder of a run is whole at every
moment, so nothing has to be brought to an end first: the process may leave from where it is.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType


def say(words: Callable[[], str]) -> None:
    """On Ctrl-C, or when the system asks to end, say these words and leave with the status that shells give for it.

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
