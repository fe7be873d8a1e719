"""The command line of a training: the same for `scripts/train.py` and `python -m digitpad.training`."""

import argparse
import shlex
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from digitpad.ending import run_script, say
from digitpad.files import path_of
from digitpad.training.recipes import KINDS, RECIPES

EXAMPLES = (
    ("", "train `classic`, as the textbook does: about 3 minutes on 2 cores"),
    (" --recipe quick", "the same network in less than half the time"),
    (" --network hands", "train the network of the apps: half an hour"),
    (" --epochs 3 --use", "train shorter, and let the apps use the result"),
    (" --resume", "go on where the latest run was interrupted (Ctrl-C is no loss)"),
    (" --data ~/data --out /tmp/seven --seed 7", ""),
)

NOTHING_BEGUN = "Stopped; nothing was begun."

RESULT = """\
(python is .venv/bin/python, or whichever one digitpad is installed for)

The result is a folder: model.tflite and model.keras (the network), card.json (what it was trained on and how well
it reads), history.csv, mistakes.npz (the digits that it misreads, which the apps show), and pictures of the training,
the worst mistakes, the calibration and the architecture.
Finished models in the default folder show up in the apps.
"""


def main(call: Sequence[str]) -> int:
    """Read the arguments and train.

    Args:
        call: the words after `python`: the path of a script, or `-m` and a module.

    Returns:
        the exit status: 0 done, 1 failed, 130 interrupted.
    """
    say(lambda: NOTHING_BEGUN)
    parser = _parser(call)
    arguments = parser.parse_args()

    def load() -> Callable[[], int]:
        from digitpad.training.command import train_command

        return partial(train_command, arguments, call)

    return run_script(parser.prog, load)


def program(call: Sequence[str]) -> str:
    """What a program calls itself: its script's name, or how its module is started.

    Args:
        call: the words after `python`: the path of a script, or `-m` and a module.
    """
    return f"python {shlex.join(call)}" if call[0] == "-m" else Path(call[0]).name


def _parser(call: Sequence[str]) -> argparse.ArgumentParser:
    written = shlex.join(call)
    width = len(f"  python {written}{EXAMPLES[3][0]}") + 7
    examples = [f"{f'  python {written}{options}':{width}}{meaning}".rstrip() for options, meaning in EXAMPLES]
    parser = argparse.ArgumentParser(
        prog=program(call),
        description="Train a network and leave a model that the digitpad apps can use.",
        epilog="\n".join(["examples:", *examples, RESULT]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--network", choices=list(RECIPES), help="which network to train (default: classic)")
    parser.add_argument(
        "--recipe",
        choices=list(KINDS),
        help="how it is trained; quick, for classic alone, takes less than half the time (default: standard)",
    )
    parser.add_argument(
        "--epochs",
        type=int,
        metavar="N",
        help="how often to go through the data (default: the network's own)",
    )
    parser.add_argument("--batch-size", type=int, metavar="N", help="examples a step (default: the network's own)")
    parser.add_argument(
        "--seed",
        type=int,
        metavar="N",
        help="of all that is random; the same seed gives the same model (default: 1)",
    )
    parser.add_argument(
        "--data",
        type=path_of,
        metavar="DIR",
        help="the folder that has MNIST, in mnist/ or directly (default: $DIGITPAD_DATA, else the user's cache, "
        "else it is downloaded there)",
    )
    parser.add_argument(
        "--hand", type=path_of, metavar="FILE", help="learn too what an app was taught, and saved, of how you write"
    )
    parser.add_argument(
        "--out",
        type=path_of,
        metavar="DIR",
        help="a new folder for the result (default: one among the apps' models)",
    )
    parser.add_argument(
        "--trial",
        action="store_true",
        default=None,
        help="hold back MNIST's last 5,000 training digits and leave its test digits unread: for choosing between "
        "networks or recipes, which the test digits are not for",
    )
    parser.add_argument(
        "--workers",
        metavar="HOST:PORT,…",
        help="train together with other processes, each started with the same options and its own --index; the first "
        "one writes (default: those in $TF_CONFIG, else this one alone)",
    )
    parser.add_argument("--index", type=int, metavar="N", help="which of --workers this is, from 0")
    parser.add_argument(
        "--resume", action="store_true", help="go on with the run in --out, or with the latest unfinished one"
    )
    parser.add_argument("--use", action="store_true", help="make the result the model that the apps use")
    return parser
