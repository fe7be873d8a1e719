"""How often each shard was begun: one that kills whoever reads it would else be tried for ever.

Ray's own count of retries won't do: it takes every call to an actor that is not back yet for a try, so a node that is
lost would use them up at once.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import ray

MOST = 4  # times that a shard is begun


class Tries:
    """An actor, which outlives those that read."""

    def __init__(self) -> None:
        self._count = Counter[int]()

    def begun(self, number: int) -> int:
        """Take note that a shard is begun, and give how often it was."""
        self._count[number] += 1
        return self._count[number]


def counting() -> Callable[[int], int]:
    """What takes note that a shard is begun, by its number, and gives how often it was; it can be sent to actors."""
    return partial(_ask, ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)(Tries).remote())


def _ask(tries: Any, number: int) -> int:
    return int(ray.get(tries.begun.remote(number)))
