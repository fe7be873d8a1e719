"""The processes that train one network together, on one machine or many, by their addresses."""

import json
import os
import re
from dataclasses import dataclass

from digitpad.errors import RunError

ADDRESS = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:,\[\]]+):(?P<port>\d{1,5})")
VARIABLE = "TF_CONFIG"  # TensorFlow's own: what starts the machines of a cluster often sets it


@dataclass(frozen=True)
class Workers:
    """A process, called a worker, among all of them.

    Attributes:
        addresses: the host and port of each, as the others reach it. The first one is the chief: it alone writes.
        index: which of them this is, from 0.

    Raises:
        RunError: an address is none, or stands twice, or there is no such worker.
    """

    addresses: tuple[str, ...]
    index: int

    def __post_init__(self) -> None:
        for address in self.addresses:
            found = ADDRESS.fullmatch(address)
            if not found or not 0 < int(found["port"]) < 2**16:
                raise RunError(f"{address!r} is not the address of a worker. Write HOST:PORT, as in 10.0.0.1:2222.")
            if self.addresses.count(address) > 1:
                raise RunError(f"The address {address} stands twice: each worker needs one of its own.")
        if not 0 <= self.index < len(self.addresses):
            last = len(self.addresses) - 1
            raise RunError(f"There is no worker {self.index}: the last of {last + 1} has the index {last}.")

    @property
    def is_chief(self) -> bool:
        """Whether this is the one that writes."""
        return self.index == 0


def workers_of(addresses: str | None, index: int | None) -> Workers | None:
    """Who trains together, by what a person said or, where nothing was, by TensorFlow's variable TF_CONFIG.

    Args:
        addresses: of all, separated by commas.
        index: which of them this is, from 0.

    Returns:
        None where this process trains alone.

    Raises:
        RunError: what was said, or what stands in the variable, makes no sense.
    """
    if addresses is not None:
        if index is None:
            raise RunError("With --workers comes --index: which of them this is, from 0.")
        return Workers(tuple(part.strip() for part in addresses.split(",")), index)
    if index is not None:
        raise RunError("With --index comes --workers: the addresses of all of them, separated by commas.")
    text = os.environ.get(VARIABLE, "")
    return _configured(text) if text.strip() else None


def _configured(text: str) -> Workers | None:
    """Those in TensorFlow's variable; None where it names no cluster."""
    try:
        told = json.loads(text)
        cluster, task = told.get("cluster", {}), told.get("task", {})
        if not cluster:
            return None
        groups = {group: [str(address) for address in cluster.get(group, [])] for group in ("chief", "worker")}
        group, index = str(task["type"]), int(task["index"])
        others = sorted({*cluster, group} - {*groups})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RunError(
            f"The variable {VARIABLE} makes no sense: {text[:200]!r}. Unset it, or name the workers by --workers."
        ) from error
    if others:
        raise RunError(
            f"{VARIABLE} speaks of {' and '.join(others)}: here there are a chief and workers alone. Unset it, or "
            "name the workers by --workers."
        )
    before = len(groups["chief"]) if group == "worker" else 0
    return Workers((*groups["chief"], *groups["worker"]), before + index)
