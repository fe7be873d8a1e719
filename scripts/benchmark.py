"""Measure how fast digitpad starts and reads, beside Keras doing the same in the same run."""

from digitpad.ending import end_quietly, run_script

if __name__ == "__main__":
    end_quietly()  # before what takes long to load

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from digitpad.files import path_of


def main() -> int:
    """Read the arguments and measure; the exit status says how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="how often each is measured (default: 5)")
    parser.add_argument(
        "--pictures",
        type=int,
        default=4000,
        metavar="N",
        help="how many are read in a row where reading many is measured (default: 4000)",
    )
    parser.add_argument(
        "--json",
        type=path_of,
        default=Path("benchmark.json"),
        metavar="FILE",
        help="where the figures go (default: benchmark.json)",
    )
    parser.add_argument(
        "--desktop", action="store_true", help="measure the desktop's window too (on a screen, or a virtual one)"
    )
    parser.add_argument("--web", action="store_true", help="measure the web app's page too, beside one with Keras")
    arguments = parser.parse_args()
    if arguments.repeats < 1:
        parser.error(f"--repeats must be at least 1, not {arguments.repeats}")
    if arguments.pictures < 1:
        parser.error(f"--pictures must be at least 1, not {arguments.pictures}")

    def load() -> Callable[[], int]:
        from digitpad.measuring.benchmark import benchmark

        def measure() -> int:
            benchmark(arguments.repeats, arguments.json, arguments.pictures, arguments.desktop, arguments.web)
            return 0

        return measure

    apps = {"desktop": arguments.desktop, "web": arguments.web}
    extras = ["train", *(app for app, wanted in apps.items() if wanted), *(["dev"] if arguments.web else [])]
    return run_script("benchmark.py", load, ",".join(extras))


if __name__ == "__main__":
    sys.exit(main())
