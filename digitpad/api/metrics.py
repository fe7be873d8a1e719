"""What Prometheus is told: how many pictures were read, what they were taken for, and how long requests took."""

import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # in the environment: the folder by which several processes count together
UNREADABLE = "unreadable"  # in place of the verdict
OTHER = "other"  # in place of a path that there is not

disable_created_metrics()  # type: ignore[no-untyped-call]  # a line more for each, which tells only when it was first counted
_pictures = Counter(
    "digitpad_pictures", "Pictures and pages that were read, by what they were taken for", ["read", "verdict"]
)
_requests = Histogram(
    "digitpad_request_seconds",
    "Seconds from the headers of a request to its answer",
    ["path", "status"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


def count_picture(read: str, verdict: str | None) -> None:
    """Count a picture.

    Args:
        read: what was looked for in it, "digit" or "numbers".
        verdict: what it was taken for; None where it could not be read.
    """
    _pictures.labels(read, verdict or UNREADABLE).inc()


def count_request(path: str, status: int, seconds: float) -> None:
    """Count a request."""
    _requests.labels(path, str(status)).observe(seconds)


def exposed() -> tuple[bytes, str]:
    """All that was counted, by all processes of this server, and its content type."""
    registry = REGISTRY
    if SHARED in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry), CONTENT_TYPE_LATEST
