"""The command line of a comparison: the same for `scripts/evaluate.py` and `python -m digitpad.measuring`."""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from digitpad.ending import run_script
from digitpad.files import path_of
from digitpad.models.quiet import quiet_stderr
from digitpad.training.arguments import program

DESCRIPTION = """\
Measure how well models read, side by side, and leave a report with pictures.

Read are MNIST's test digits, the pen digits of six writers whom no model was trained on (with several pens, sizes,
places and colours, without paper, scanned and photographed), and drawings that are no digits.
"""


def main(call: Sequence[str]) -> int:
    """Read the arguments and measure.

    Args:
        call: the words after `python`: the path of a script, or `-m` and a module.

    Returns:
        the exit status: 0 done, 1 failed, 130 interrupted.
    """
    parser = _parser(program(call))
    arguments = parser.parse_args()
    if arguments.most is not None and arguments.most < 1:
        parser.error(f"--most must be at least 1, not {arguments.most}")

    def load() -> Callable[[], int]:
        with quiet_stderr():  # of TensorFlow
            from digitpad.measuring.command import evaluate_command

        return partial(evaluate_command, arguments)

    return run_script(parser.prog, load)


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=name, description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
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
    parser.add_argument(
        "--most",
        type=int,
        metavar="N",
        help="read at most N pictures of each kind, a quarter as many of numbers (default: all)",
    )
    parser.add_argument(
        "--teach",
        action="store_true",
        help="measure instead how much a hand helps that is learned from corrections, and what it breaks",
    )
    parser.add_argument("--data", type=path_of, metavar="DIR", help="the folder that has the data, as for train.py")
    parser.add_argument(
        "--out",
        type=path_of,
        metavar="DIR",
        default=Path("evaluation"),
        help="where the report goes (default: evaluation)",
    )
    return parser
