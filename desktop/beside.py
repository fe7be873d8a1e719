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


def end_all() -> None:
    """Ask all of them to end, and wait until they have."""
    for thread in kept:
        thread.requestInterruption()
    for thread in kept:
        thread.wait()


atexit.register(end_all)
