"""Work that several processes share, batch by batch; what comes of it comes in its order.

Threads would not do, although OpenCV and LiteRT let go of Python's lock: the steps of a reading are many and short,
and each wants the lock back. Measured on two idle cores, two threads read as many files a second as one, and 0.6
times as many arrays; two processes read twice as many.

Nor would the processes of `multiprocessing`: forked, they hang on locks that other threads held, those of an app
say; spawned, they run the caller's script once more, which breaks every script that is not written for it. So a
helper is a Python of its own that gets what it needs through a pipe. It ends when the pipe does, also where its owner
was killed.

Nor was loky enough, which is joblib's. `joblib.Parallel` gives up all that is to come when one process dies, and
those of an owner who was killed were there 45 seconds later. loky itself needs half of this file around it for the
same: else Ctrl-C shows tracebacks of processes that start, and orphans stay. Even so its first answer took 1.7 to
4.6 seconds on busy cores where ours took 0.3 to 0.6, all processes end with one that dies, two more stay for as long
as their owner, and 11,000 files took a tenth more of the processor.
"""

import itertools
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from io import BufferedReader
from queue import SimpleQueue
from typing import IO, Any, Generic, TypeVar, cast

import numpy as np

PIPE_SIZE = 1 << 20  # bytes, where the system lets one choose
AHEAD = 2  # batches that a helper has: one to do, and the next, so that it never waits
LARGE = 1 << 14  # bytes of an array that is sent as it lies in memory; a glyph is pickled with its reading
MOST_WAITING = 64  # batches that are begun or done; of those done only the answers are in memory
START = "import sys; sys.path[:] = {path!r}; from digitpad.sharing import help_out; help_out()"

Batch = TypeVar("Batch")
Answer = TypeVar("Answer")


def cores() -> int:
    """On how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared(work: Callable[[Batch], Answer], batches: Iterable[Batch], helpers: int) -> Iterator[Answer]:
    """Do the work for each batch, here and in as many processes beside this one.

    Args:
        work: can be pickled; what it gives can too.
        batches: a few are taken ahead. What a helper can't do is done here: what can't be pickled, say.
        helpers: how many processes there are beside this one.

    Yields:
        what comes of each, in their order.
    """
    with _Helpers(work, helpers) as others:
        waiting: deque[Future[Answer]] = deque()
        for batch in batches:
            if others.has_room():
                waiting.append(others.begin(batch))
            else:
                waiting.append(Future())
                waiting[-1].set_result(work(batch))
            while waiting and (waiting[0].done() or len(waiting) > MOST_WAITING + AHEAD * helpers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _Helper:
    """Another process, and the pipes to it and back."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  # ourselves
            [sys.executable, "-c", START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what goes wrong there is done again here, and shows
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # NumPy's threads would take a third of its start
            pipesize=PIPE_SIZE,
            start_new_session=True,  # Ctrl-C is for the owner
        )
        self._questions = cast("IO[bytes]", self.process.stdin)
        self._answers = cast("BufferedReader", self.process.stdout)
        self._sending, self._receiving = threading.Lock(), threading.Lock()

    def tell(self, work: object) -> None:
        """Say what is to be done with all that comes."""
        with self._sending:
            _send(self._questions, work)

    def ask(self, batch: object) -> tuple[bool, Any]:
        """Whether it has done it, and what came of it; another may be asked meanwhile, which it will do next."""
        with self._sending:
            _send(self._questions, batch)
            self._receiving.acquire()  # before the next can
        try:
            is_done, answer = _receive(self._answers)
        finally:
            self._receiving.release()
        return is_done, answer

    def end(self) -> None:
        """Let go of it, whatever it is at."""
        self.process.kill()
        with suppress(OSError), self.process:
            pass


class _Helpers(Generic[Batch, Answer]):
    """The other processes, and threads that wait for their answers; they end with the `with`."""

    def __init__(self, work: Callable[[Batch], Answer], count: int) -> None:
        self._work = work
        self._is_over = False
        self._busy: list[Future[Answer]] = []
        can_start = sys.executable and not hasattr(sys, "frozen")  # else there is no Python but this program
        self._helpers = [_Helper() for _ in range(count)] if can_start else []
        self._free: SimpleQueue[_Helper] = SimpleQueue()
        self._threads = ThreadPoolExecutor(AHEAD * count)
        for helper in self._helpers:
            self._threads.submit(self._make_ready, helper)

    def __enter__(self) -> "_Helpers[Batch, Answer]":
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for helper in self._helpers:
            helper.process.kill()
        self._threads.shutdown()
        for helper in self._helpers:
            helper.end()

    def has_room(self) -> bool:
        """Whether one of them will soon want for work."""
        self._busy = [future for future in self._busy if not future.done()]
        return len(self._busy) < AHEAD * sum(helper.process.poll() is None for helper in self._helpers)

    def begin(self, batch: Batch) -> "Future[Answer]":
        """Let the next that is free do it."""
        future = self._threads.submit(self._do, batch)
        self._busy.append(future)
        return future

    def _make_ready(self, helper: _Helper) -> None:
        try:
            helper.tell(self._work)
        except Exception:  # noqa: BLE001  # whatever it is that can't be pickled, or sent
            helper.process.kill()
        for _ in range(AHEAD):
            self._free.put(helper)

    def _do(self, batch: Batch) -> Answer:
        helper = self._free.get()
        try:
            is_done, answer = helper.ask(batch)
        except Exception:  # noqa: BLE001  # also whatever an object says that can't be pickled, an open file say
            is_done = False
        finally:
            self._free.put(helper)
        if self._is_over:
            raise EOFError  # nobody waits for it
        return answer if is_done else self._work(batch)


def help_out() -> None:
    """Be a helper: take the work, then batch after batch, from standard input; answer on standard output."""
    import cv2

    cv2.setNumThreads(1)  # the other cores have helpers of their own
    taken, answers = cast("BufferedReader", sys.stdin.buffer), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # should anything print
    waiting: SimpleQueue[list[memoryview] | None] = SimpleQueue()
    threading.Thread(target=_take_all, args=(taken, waiting)).start()
    with suppress(BrokenPipeError):  # nobody is there any more
        if (message := waiting.get()) is None:
            return
        work = _unpickled(message)
        while (message := waiting.get()) is not None:
            try:
                answer = True, work(_unpickled(message))
            except Exception:  # noqa: BLE001  # whatever it is, it will show again where the owner does the work
                answer = False, None
            _send(answers, answer)


def _take_all(pipe: BufferedReader, waiting: "SimpleQueue[list[memoryview] | None]") -> None:
    """Take message after message while the one before is worked on; there are no more than AHEAD. Last comes None."""
    with suppress(EOFError):
        while True:
            waiting.put(_taken(pipe))
    waiting.put(None)


def _send(pipe: IO[bytes], message: object) -> None:
    """Send a message: how long its parts are, the message pickled, and its large arrays as they lie in memory.

    To pickle those too would take a twelfth of the time that it takes to read them. As the lengths come first, a
    message that can't be unpickled there is taken from the pipe whole.
    """
    large: list[memoryview] = []

    def stays_small(array: pickle.PickleBuffer) -> bool:
        content = array.raw()
        if content.nbytes < LARGE:
            return True
        large.append(content)
        return False

    pickled = pickle.dumps(message, 5, buffer_callback=stays_small)
    pipe.write(pickle.dumps([len(part) for part in (pickled, *large)]) + pickled)
    for content in large:
        pipe.write(content)
    pipe.flush()


def _receive(pipe: BufferedReader) -> Any:
    """The next message; its large arrays are parts of one piece of memory.

    Raises:
        EOFError: there is none, nor will there be.
    """
    return _unpickled(_taken(pipe))


def _taken(pipe: BufferedReader) -> list[memoryview]:
    """The parts of the next message.

    Raises:
        EOFError: see `_receive`.
    """
    lengths = pickle.load(pipe)  # noqa: S301  # from our own processes
    content = np.empty(sum(lengths), np.uint8).data  # not filled, as a bytearray is
    if pipe.readinto(content) < len(content):
        raise EOFError  # who was writing has ended; what is missing may lie in an array, which nobody would notice
    ends = itertools.accumulate(lengths)
    return [content[end - length : end] for end, length in zip(ends, lengths, strict=True)]


def _unpickled(parts: list[memoryview]) -> Any:
    pickled, *large = parts
    return pickle.loads(pickled, buffers=large)  # noqa: S301  # from our own processes
