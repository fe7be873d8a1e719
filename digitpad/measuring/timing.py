"""How long tasks take, measured in turns, and tables of it."""

import statistics
import time
from collections.abc import Callable
from typing import Any

Task = Callable[[], Any]
Row = dict[str, float]  # two figures, digitpad's and Keras' where nothing else is said, and their ratio


def timed(repeats: int, in_a_row: int, tasks: dict[str, Task]) -> dict[str, float]:
    """The median seconds of each task, measured in turns."""
    for task in tasks.values():
        task()  # the first one makes ready what later ones find
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(repeats):
        for name, task in tasks.items():
            # Several in a row: TensorFlow's threads go on spinning for a while and would slow down what comes next.
            for _ in range(in_a_row):
                began = time.perf_counter()
                task()
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(values) for name, values in times.items()}


def with_ratio(medians: Row) -> Row:
    """Both, and how many times as much Keras needs."""
    return {**medians, "ratio": medians["Keras"] / medians["digitpad"]}


def print_table(rows: dict[str, Row]) -> None:
    """A row for each, under the names of its two figures."""
    first, second, _ = next(iter(rows.values()))
    print(f"{'':32}{first:>12}{second:>12}{'ratio':>12}")
    for name, row in rows.items():
        print(f"{name:32}{row[first]:12,.2f}{row[second]:12,.2f}{row['ratio']:11.1f}×")
