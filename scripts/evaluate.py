"""Measure how well models read, side by side, and leave a report with pictures.

Read are MNIST's test digits, the pen digits of six writers whom no model was trained on (with several pens, sizes,
places and colours, without paper, scanned and photographed), and drawings that are no digits.
"""

import argparse
import sys
from pathlib import Path

from digitpad.training.script import run_script


def main() -> int:
    """Read the arguments and measure; the exit status says how it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--models",
        nargs="+",
        metavar="MODEL",
        default=["classic", "hands"],
        help="names, or paths, of the models to compare (default: classic hands)",
    )
    parser.add_argument(
        "--validation",
        action="store_true",
        help="read MNIST's last 5,000 training digits instead of its test digits: for choosing between models of "
        "train.py --trial, which the test digits are not for",
    )
    parser.add_argument("--most", type=int, metavar="N", help="read at most N pictures of each kind (default: all)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder that has the data, as for train.py")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        default=Path("evaluation"),
        help="where the report goes (default: evaluation)",
    )
    arguments = parser.parse_args()
    if arguments.most is not None and arguments.most < 1:
        parser.error(f"--most must be at least 1, not {arguments.most}")

    def measure() -> int:
        from digitpad.measuring.command import evaluate_command

        return evaluate_command(arguments)

    return run_script("evaluate.py", measure)


if __name__ == "__main__":
    sys.exit(main())
