"""What the scripts do with their arguments, and how they speak to the person at the terminal."""

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from digitpad import catalogue
from digitpad.errors import DigitpadError, RunError
from digitpad.training import run
from digitpad.training.quiet import quiet_stderr

INTERRUPTED = 130  # the exit status that shells give for Ctrl-C


def run_command(script: str, work: Callable[[], int]) -> int:
    """Do a script's work and return its exit status; what goes wrong becomes one sentence and status 1."""
    try:
        return work()
    except DigitpadError as error:
        message = str(error)
    except ModuleNotFoundError as error:
        message = (
            f"{error.name} is not installed, and this script needs it. Install it with: "
            "pip install -c constraints.txt -e '.[train]'"
        )
    except OSError as error:
        message = str(error)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED
    print(f"{script}: {message}", file=sys.stderr)
    return 1


def train_command(arguments: Namespace) -> int:
    """Train as the arguments say; return the exit status: 0 done, 1 refused or failed, 130 interrupted."""
    return run_command("train.py", lambda: _train(arguments))


def _train(arguments: Namespace) -> int:
    settings, folder = _plan(arguments)
    # Imported late, so that --help and refusals come at once.
    from digitpad.training.datasets import load_mnist

    try:
        mnist = load_mnist(arguments.data)
        print(f"MNIST: {len(mnist.train):,} and {len(mnist.test):,} examples from {mnist.source}")
        if not arguments.resume:
            run.start(folder, settings)
        print(f"Folder: {folder}")
        with run.alone(folder):
            print("Starting TensorFlow …", flush=True)
            with quiet_stderr():
                from digitpad.training.training import train
            card = train(settings, mnist, folder)
    except KeyboardInterrupt:
        _say_what_is_kept(folder)
        return INTERRUPTED
    except OSError as error:
        raise RunError(f"Writing to {folder} failed: {error}. Make room there, then go on with --resume.") from error
    print(f"Done: {card['test']['accuracy']:.2%} of MNIST's test digits read right. The model is in {folder}")
    if arguments.use:
        catalogue.use(folder)
        print("The apps use it from now on.")
    return 0


def _plan(arguments: Namespace) -> tuple[run.Settings, Path]:
    """What to train, and in which folder."""
    chosen = {
        name: getattr(arguments, name)
        for name in ("network", "epochs", "batch_size", "seed")
        if getattr(arguments, name) is not None
    }
    if not arguments.resume:
        settings = run.Settings(**chosen)
        return settings, (arguments.out or run.new_folder(settings.network)).absolute()
    folder = (arguments.out or run.unfinished(arguments.network)).absolute()
    settings = run.resume(folder)
    for name, value in chosen.items():
        if value != getattr(settings, name):
            raise RunError(
                f"The run in {folder} began with {name.replace('_', ' ')} {getattr(settings, name)} and can't go on "
                f"with {value}. Leave that option out, or start a new run."
            )
    return settings, folder


def _say_what_is_kept(folder: Path) -> None:
    from digitpad.training.fitting import finished_epochs

    done = finished_epochs(folder)
    if (folder / run.SETTINGS_FILE).exists():
        print(
            f"\nStopped; {done} finished epoch{'' if done == 1 else 's'} kept. Go on with:\n"
            f"  python scripts/train.py --resume --out '{folder}'"
        )
    else:
        print("\nStopped before the training began; nothing was left behind.")
