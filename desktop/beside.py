"""Threads beside the window's own, which is never kept waiting."""

import atexit

from PySide6.QtCore import QThread

# For Qt aborts the program when a thread is destroyed that still runs.
kept: list[QThread] = []


def keep(thread: QThread) -> None:
    """Let a thread be forgotten while it still runs: it ends before the program does.

    Args:
        thread: ends when its `requestInterruption` was called.
    """
    kept[:] = [*(other for other in kept if other.isRunning()), thread]


def end_all(milliseconds: int | None = None) -> bool:
    """Ask all of them to end, and wait until they have.

    Args:
        milliseconds: for how long, each; None for as long as it takes.

    Returns:
        whether they have ended.
    """
    for thread in kept:
        thread.requestInterruption()
    return all(thread.wait() if milliseconds is None else thread.wait(milliseconds) for thread in kept)


atexit.register(end_all)
