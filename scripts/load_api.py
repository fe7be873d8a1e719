"""Send canvases to `digitpad serve`: how many it reads a second, how long each waits, and what that costs."""

from digitpad.ending import end_quietly, run_script

if __name__ == "__main__":
    end_quietly()  # before what takes long to load

import argparse
import math
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from digitpad.files import path_of


def main() -> int:
    """Read the arguments and measure; the exit status says how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=500, metavar="N", help="requests a second (default: 500)")
    parser.add_argument("--seconds", type=float, default=10, metavar="T", help="of each of two parts (default: 10)")
    parser.add_argument("--connections", type=int, default=16, metavar="N", help="open at once (default: 16)")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes of the server (default: 1)")
    parser.add_argument("--out", type=path_of, metavar="FILE", help="a JSON file for the figures (default: none)")
    asked = parser.parse_args()
    if not 0 < asked.rate < math.inf or not 0 < asked.seconds < math.inf or min(asked.connections, asked.workers) < 1:
        parser.error("--rate and --seconds must be more than 0, --connections and --workers at least 1")

    def load() -> Callable[[], int]:
        import digitpad.api.server  # noqa: F401 - what it needs is named before anything is measured
        from digitpad.measuring.over_http import measure

        return partial(
            _report, partial(measure, asked.rate, asked.seconds, asked.connections, asked.workers), asked.out
        )

    return run_script("load_api.py", load, extras="api,dev")


def _report(measure: "Callable[[], dict[str, object]]", out: "Path | None") -> int:
    """Measure, print and write; 1 where something went wrong."""
    from digitpad.measuring.figures import FiguresFile

    file = FiguresFile(out, "--out") if out else None
    figures = measure()
    for name, value in figures.items():
        for part, figure in value.items() if isinstance(value, dict) else [("", value)]:
            shown = "; ".join(figure) or "nothing" if isinstance(figure, list) else f"{figure:,}"
            print(f"{f'{name}: {part}' if part else name:62}{shown}")
    if file:
        file.write(figures)
    return 1 if figures["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
