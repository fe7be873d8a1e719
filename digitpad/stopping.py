"""Work that can be stopped in its midst: nobody waits for a page that is not wanted any more.

Who begins the work says how to learn whether it is over; the work asks at each of its steps that takes a while. What
lies between the two needs not know of it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_is_over: ContextVar[Callable[[], bool] | None] = ContextVar("is_over", default=None)


class Stopped(Exception):  # noqa: N818  # no error: somebody wished it
    """The work was stopped before its end."""


@contextmanager
def stoppable(is_over: Callable[[], bool]) -> Iterator[None]:
    """Work that this thread does meanwhile ends with `Stopped` once it is over.

    Args:
        is_over: is asked often, and answers at once; or it raises what is to end the work.
    """
    token = _is_over.set(is_over)
    try:
        yield
    finally:
        _is_over.reset(token)


def end_if_over() -> None:
    """Go on with the work, if it is still wanted.

    Raises:
        Stopped: it is not.
    """
    is_over = _is_over.get()
    if is_over is not None and is_over():
        raise Stopped
