"""Standard error without what libraries in C++ write there whatever they are told."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

_turn = threading.RLock()  # two at once would put back each other's file instead of what was there


@contextmanager
def quiet_stderr(noise: bytes = b"") -> Iterator[None]:
    """Hold back what is written to the process's standard error, from C++ too; show all of it if an error comes.

    Where none comes, what other threads wrote meanwhile is shown at the end too.

    Args:
        noise: what a line begins with that is not shown; without it none is.
    """
    with _turn:
        try:
            if sys.stderr:
                sys.stderr.flush()
            kept = os.dup(2)
        except OSError:  # a program without a console may have none
            yield
            return
        dropped = noise
        with _nameless_file() as log:
            os.dup2(log.fileno(), 2)
            try:
                yield
            except Exception:
                dropped = b"\n"  # no line begins like that
                raise
            finally:
                os.dup2(kept, 2)
                log.seek(0)
                for line in log:
                    if not line.startswith(dropped):
                        os.write(kept, line)
                os.close(kept)


def _nameless_file() -> IO[bytes]:
    with suppress(AttributeError, OSError):  # not every system has it
        return os.fdopen(os.memfd_create("stderr"), "w+b")
    import tempfile  # takes a thirtieth of the start

    return tempfile.TemporaryFile()
