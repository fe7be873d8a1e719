"""What widgets observe."""

from collections.abc import Callable
from typing import Generic, TypeVar

Change = TypeVar("Change")


class Observed(Generic[Change]):
    """A state without a screen that tells its listeners after every change what has changed."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Change], None]] = []

    def subscribe(self, listener: Callable[[Change], None]) -> None:
        """Have a function called after every change, with what has changed."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Change], None]) -> None:
        """Have a function called no more that `subscribe` was given."""
        self._listeners.remove(listener)

    def _tell(self, change: Change) -> None:
        for listener in tuple(self._listeners):  # one may leave meanwhile
            listener(change)
