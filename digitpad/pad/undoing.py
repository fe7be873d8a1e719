"""Changes that are taken back and brought again."""

from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

UNDONE = 100  # changes that can be taken back

T = TypeVar("T")


@dataclass(eq=False)
class Undoing(Generic[T]):
    """What was before each change, and what was taken back; who inherits it knows what is now."""

    _past: deque[T] = field(default_factory=lambda: deque(maxlen=UNDONE))
    _future: list[T] = field(default_factory=list)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return bool(self._future)

    def _changed(self, before: T) -> None:
        """Remember what was before a change; what was taken back can't be brought again after it."""
        self._past.append(before)
        self._future.clear()

    def _back(self, now: T) -> T:
        """What was before the last change; what is now, where there was none."""
        if not self._past:
            return now
        self._future.append(now)
        return self._past.pop()

    def _forth(self, now: T) -> T:
        """What was taken back last; what is now, where nothing was."""
        if not self._future:
            return now
        self._past.append(now)
        return self._future.pop()
