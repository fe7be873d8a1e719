"""Reading in bulk on Ray: on all cores of one machine or on a cluster, shard by shard.

`read_all` is what `digitpad cluster read` does; `read_column` adds the readings to a dataset of Ray's own.
"""

import os

from digitpad.errors import not_installed

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray tells its makers how it is used, unless told not to

try:
    import ray.data  # noqa: F401  # all below need it
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(not_installed(error, "reading in bulk", "cluster"), name=error.name) from error

from digitpad.cluster.engine import hushed
from digitpad.cluster.pipeline import read_column
from digitpad.cluster.reading import FORMATS, Progress, read_all

__all__ = ["FORMATS", "Progress", "hushed", "read_all", "read_column"]
