"""Where pictures wait to be read: a lane has one thread, which reads what waits in it, several requests' at a time.

Threads beside each other would not read more (see `digitpad/sharing.py`), and a network takes turns anyway; processes
do, by `--workers`. There is a lane for digits and one for numbers, so that a canvas does not wait behind a page.
Within one, a request with many pictures lets others in between.
"""

import asyncio
import contextlib
import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from digitpad import Recognizer
from digitpad.api.replies import busy

if TYPE_CHECKING:
    from digitpad.many import Sent

T = TypeVar("T")


class Named(NamedTuple):
    """A picture that waits to be read, or why it can't be, and what it is called."""

    name: str
    picture: "Sent"


class _Job(Generic[T]):
    """The pictures of a request, and what came of those that were read.

    Attributes:
        recognizer: who reads.
        weight: how many pictures it is counted as while it waits.
        results: of those that were read.
        is_over: whether all were taken.
        is_given_up: whether nobody waits for it any more.
        done: the results, for who waits for all of them.
    """

    def __init__(self, recognizer: Recognizer, pictures: Iterator[Named], weight: int) -> None:
        self.recognizer, self.weight = recognizer, weight
        self.results: list[T] = []
        self.is_over = self.is_given_up = False
        self._pictures, self._ahead = pictures, list[Named]()
        self._loop = asyncio.get_running_loop()
        self.done: asyncio.Future[list[T]] = self._loop.create_future()

    def take(self, most: int) -> list[Named]:
        """The next pictures; none where nobody waits for them any more."""
        if self.is_given_up:
            self.is_over = True
            return []
        taken = [*self._ahead, *itertools.islice(self._pictures, most + 1 - len(self._ahead))]
        self._ahead = taken[most:]
        self.is_over = not self._ahead
        return taken[:most]

    def end(self, error: Exception | None = None) -> None:
        """Give the results, or what went wrong, to who waits; called by the lane's thread."""
        with contextlib.suppress(RuntimeError):  # the server has ended, and nobody waits
            self._loop.call_soon_threadsafe(self._tell, error)

    def _tell(self, error: Exception | None) -> None:
        if self.done.done():  # nobody waits any more
            return
        if error is None:
            self.done.set_result(self.results)
        else:
            self.done.set_exception(error)


class Lane(Generic[T]):
    """Pictures that wait, and the thread that reads them.

    Args:
        read: reads some pictures, of one request or several, and gives a result for each.
        at_once: how many it gets, at most.
        room: how many may wait; a request that comes while nobody waits is let in whatever it brings.
    """

    def __init__(self, read: Callable[[Recognizer, list[Named]], list[T]], at_once: int, room: int) -> None:
        self._read, self._at_once, self._room = read, at_once, room
        self._jobs: deque[_Job[T]] = deque()
        self._waiting = 0  # pictures, those that are being read among them
        self._is_closed = False
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def is_full(self) -> bool:
        """Whether the next request will have to come again."""
        return self._waiting >= self._room

    @property
    def is_alive(self) -> bool:
        """Whether anybody reads."""
        return self._thread.is_alive()

    async def ask(self, recognizer: Recognizer, pictures: Iterator[Named], weight: int) -> list[T]:
        """Have pictures read.

        Args:
            recognizer: who reads.
            pictures: taken in the lane's thread, as they are read.
            weight: how many they are counted as while they wait.

        Raises:
            RequestError: too many wait already.
        """
        job: _Job[T] = _Job(recognizer, pictures, weight)
        with self._change:
            if self._waiting and self._waiting + weight > self._room:
                raise busy()
            self._waiting += weight
            self._jobs.append(job)
            self._change.notify()
        try:
            return await job.done
        finally:
            job.is_given_up = True

    def close(self) -> None:
        """Read what waits, then end."""
        with self._change:
            self._is_closed = True
            self._change.notify()

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._jobs or self._is_closed)
                if not self._jobs:
                    return
            self._take_turn()

    def _take_turn(self) -> None:
        """Read as many pictures as are read at once, of those requests that wait longest and want the same reader."""
        recognizer, left = self._jobs[0].recognizer, self._at_once
        parts: list[tuple[_Job[T], list[Named]]] = []
        for job in list(self._jobs):
            if not left or job.recognizer is not recognizer:
                break
            self._jobs.popleft()
            try:
                pictures = job.take(left)
            except Exception as error:  # noqa: BLE001  # an error of the program, told to who sent it
                self._go_on(job, error)
            else:
                parts.append((job, pictures))
                left -= len(pictures)
        try:
            results = iter(self._read(recognizer, [picture for _, pictures in parts for picture in pictures]))
        except Exception:  # noqa: BLE001  # another one, and nobody is to suffer from somebody else's picture
            self._read_apart(recognizer, parts)
            return
        for job, pictures in parts:
            job.results.extend(itertools.islice(results, len(pictures)))
            self._go_on(job)

    def _read_apart(self, recognizer: Recognizer, parts: list[tuple[_Job[T], list[Named]]]) -> None:
        for job, pictures in parts:
            try:
                job.results.extend(self._read(recognizer, pictures))
            except Exception as error:  # noqa: BLE001
                self._go_on(job, error)
            else:
                self._go_on(job)

    def _go_on(self, job: _Job[T], error: Exception | None = None) -> None:
        """Let a request wait for its next turn, or end it."""
        with self._change:
            if error is None and not job.is_over:
                self._jobs.append(job)
                return
            self._waiting -= job.weight
        job.end(error)
