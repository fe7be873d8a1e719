"""The command line of `scripts/train_verifier.py`."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from digitpad.ending import run_script
from digitpad.files import path_of
from digitpad.models.quiet import quiet_stderr

DESCRIPTION = """\
Train the verifier: the small network that tells, where numbers are read, whether some ink is just one digit.

It leaves verifier.tflite and its card, verifier.json; digitpad reads with those in digitpad/numbers/. Started
again with the same folder it goes on where it was stopped.
"""


def main(script: str) -> int:
    """Read the arguments and train.

    Args:
        script: its path.

    Returns:
        the exit status: 0 done, 1 failed, 130 interrupted.
    """
    parser = argparse.ArgumentParser(
        prog=Path(script).name, description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=path_of, metavar="DIR", default=Path("verifier"), help="where it is left")
    parser.add_argument("--data", type=path_of, metavar="DIR", help="the folder that has the data, as for train.py")
    parser.add_argument("--seed", type=int, metavar="N", default=1, help="of all that is random (default: 1)")
    arguments = parser.parse_args()

    def load() -> Callable[[], int]:
        with quiet_stderr():  # of TensorFlow
            from digitpad.training import verifying

        return partial(_train, arguments, verifying.train_verifier)

    return run_script(parser.prog, load)


def _train(arguments: argparse.Namespace, train: Callable[..., dict[str, float]]) -> int:
    from digitpad.training.data.datasets import load_mnist

    arguments.out.mkdir(parents=True, exist_ok=True)
    card = train(arguments.out, load_mnist(arguments.data), arguments.data, arguments.seed)
    print(
        f"Done: of groups in rows by people held out, {card['digits_told']:.1%} of the digits and "
        f"{card['others_told']:.1%} of the others are told. The verifier is in {arguments.out}"
    )
    return 0
