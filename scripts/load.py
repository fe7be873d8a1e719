"""Let many visitors draw on the web app at once, and measure how long they wait and what memory it takes."""

from digitpad.ending import INTERRUPTED, end_quietly, run_script

if __name__ == "__main__":
    end_quietly()  # before what takes long to load

import argparse
import asyncio
import math
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digitpad.files import path_of
from digitpad.measuring.figures import FiguresFile

if TYPE_CHECKING:
    from digitpad_web.measuring.load import Figures, Load


def main() -> int:
    """Read the arguments and measure; the exit status says how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=20, metavar="N", help="how many visit at once (default: 20)")
    parser.add_argument("--seconds", type=float, default=60, metavar="T", help="how long they draw (default: 60)")
    parser.add_argument(
        "--pause",
        type=float,
        default=1.0,
        metavar="S",
        help="seconds from an answer to the next stroke, half as long to half as long again (default: 1.0)",
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="another one draws other digits (default: 0)"
    )
    parser.add_argument(
        "--address",
        metavar="URL",
        help="a server that runs already, as http://localhost:8501; its memory is not measured (default: one is "
        "started on a free port, and ended afterwards)",
    )
    parser.add_argument("--out", type=path_of, metavar="FILE", help="a JSON file for the figures (default: none)")
    arguments = parser.parse_args()
    if arguments.visitors < 1 or not 0 < arguments.seconds < math.inf or not 0 <= arguments.pause < math.inf:
        parser.error("--visitors must be at least 1, --seconds more than 0 and --pause at least 0")
    if arguments.address and not _is_web_address(arguments.address):
        parser.error(f"--address must begin with http:// or https:// and a name, not {arguments.address}")

    def load() -> Callable[[], int]:
        from digitpad_web.measuring.load import Figures, Load

        visits = Load(arguments.visitors, arguments.seconds, arguments.pause, arguments.seed)
        return partial(_measure, arguments, visits, Figures())

    return run_script("load.py", load, extras="web,dev")


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _measure(arguments: argparse.Namespace, load: "Load", figures: "Figures") -> int:
    """Measure, print and write; 1 where something went wrong, 130 after Ctrl-C."""
    from digitpad_web.measuring.server import served

    file = FiguresFile(arguments.out, "--out") if arguments.out else None
    status = 0
    try:
        if arguments.address:
            asyncio.run(load.put_on(arguments.address, None, figures))
        else:
            with served() as (own, process, log):
                asyncio.run(load.put_on(own, process, figures))
                if "Traceback" in (text := log.read_text(errors="replace")):
                    figures.errors.append(f"The server's log: {text.strip().splitlines()[-1]}")
    except KeyboardInterrupt:
        print("\nStopped; this was measured so far.", file=sys.stderr)
        status = INTERRUPTED
    report = load.report(figures)
    _print_table(report)
    if file:
        file.write(report)
    return status or (1 if figures.errors else 0)


def _print_table(report: dict[str, object]) -> None:
    for name, value in report.items():
        if isinstance(value, dict):
            digits = 3 if name.endswith(" s") else 0
            shown = ", ".join(f"{part} {figure:,.{digits}f}" for part, figure in value.items()) or "not measured"
        elif isinstance(value, list):
            shown = "; ".join(value) or "nothing"
        else:
            shown = str(value)
        print(f"{name:24}{shown}")


if __name__ == "__main__":
    sys.exit(main())
