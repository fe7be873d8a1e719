"""Waiting for what other programs do."""

import subprocess
import time
from collections.abc import Callable
from typing import TypeVar

import psutil

SECONDS = 60  # until a wait is in vain; far more than anything takes, also on a busy machine

T = TypeVar("T")


def until(found: Callable[[], T], why: Callable[[], object] = str, program: subprocess.Popen | None = None) -> T:
    """What a function gives, as soon as it gives anything; whoever waits in vain fails.

    Args:
        found: asked again and again.
        why: what is told of a wait in vain, such as a log.
        program: which does what is waited for; once it has ended, the wait is in vain.
    """
    deadline = time.monotonic() + SECONDS
    while not (result := found()):
        assert program is None or program.poll() is None, why()
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)
    return result


def is_alive(process: int) -> bool:
    """Whether there is a process by that number that has not ended."""
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
