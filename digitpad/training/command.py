"""What `train.py` does with its arguments, and how it speaks to the person at the terminal."""

import shlex
import sys
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from digitpad.ending import heeding_signals, say
from digitpad.errors import RunError
from digitpad.models import catalogue
from digitpad.models.hand import Hand
from digitpad.models.model import CARD_FILE
from digitpad.models.quiet import quiet_stderr
from digitpad.training import run
from digitpad.training.arguments import NOTHING_BEGUN
from digitpad.training.recipes import recipe_of
from digitpad.training.workers import Workers, workers_of


def train_command(arguments: Namespace, call: Sequence[str]) -> int:
    """Train as the arguments say.

    Args:
        arguments: as `digitpad.training.arguments` reads them.
        call: the words after `python`, for the hint how to go on.

    Returns:
        the exit status, 0.

    Raises:
        DigitpadError: the arguments can't work, the data are not there, or the training failed.
    """
    hand = Hand.open(arguments.hand) if arguments.hand else None
    workers = workers_of(arguments.workers, arguments.index)
    if workers and not workers.is_chief:
        return _help(arguments, workers, hand)
    settings, folder = _plan(arguments)
    if arguments.resume and hand:
        _check_same(hand, folder)
    say(lambda: _last_words(arguments, call, folder))
    # Imported late, so that --help and refusals come at once.
    from digitpad.training.data.datasets import load_mnist

    mnist = load_mnist(arguments.data)
    print(f"MNIST: {len(mnist.train):,} and {len(mnist.test):,} examples from {mnist.source}")
    if not arguments.resume:
        run.start(folder, settings, hand)
    print(f"Folder: {folder}")
    with run.alone(folder):
        if arguments.resume:
            run.resume(folder)  # another process may have finished it meanwhile
        print("Starting TensorFlow …", flush=True)
        with quiet_stderr():
            from digitpad.training.distributed import Group
            from digitpad.training.training import train
        group = Group(workers) if workers else None
        try:
            card = heeding_signals(partial(train, settings, mnist, folder, arguments.data, group))
        except OSError as error:
            raise RunError(
                f"Writing to {folder} failed: {error}. Make room there, then go on with --resume."
            ) from error
    of, digits = ("validation", "validation digits") if settings.trial else ("test", "test digits")
    print(f"Done: {card[of]['accuracy']:.2%} of MNIST's {digits} read right. The model is in {folder}")
    if arguments.use:
        catalogue.use(folder)
        print("The apps use it from now on.")
    return 0


def _help(arguments: Namespace, workers: Workers, hand: Hand | None) -> int:
    """Train together with the chief, who keeps what comes of it."""
    for option in ("resume", "out", "use"):
        if getattr(arguments, option):
            raise RunError(f"--{option} is the chief's alone: leave it out for worker {workers.index}.")
    settings = _new_settings(arguments)
    say(lambda: "Stopped; what was learned is kept by the chief.")
    from digitpad.training.data.datasets import load_mnist

    mnist = load_mnist(arguments.data)
    print(f"MNIST: {len(mnist.train):,} and {len(mnist.test):,} examples from {mnist.source}")
    print("Starting TensorFlow …", flush=True)
    with quiet_stderr():
        from digitpad.training.distributed import Group
        from digitpad.training.training import help_to_train
    group = Group(workers)
    heeding_signals(partial(help_to_train, settings, mnist, group, arguments.data, hand))
    print(f"Done: the chief, {workers.addresses[0]}, has the model.")
    return 0


def _last_words(arguments: Namespace, call: Sequence[str], folder: Path) -> str:
    """What a training that is being stopped leaves, and how to go on."""
    if (folder / CARD_FILE).exists():
        return f"Stopped; the model in {folder} is finished."
    if not (folder / run.SETTINGS_FILE).exists():
        return NOTHING_BEGUN
    run.forget_progress(folder)
    done = run.finished_epochs(folder)
    again = [_python(), *call, "--resume", "--out", str(folder)]
    again += ["--data", str(arguments.data)] if arguments.data else []
    return (
        f"Stopped; {done} finished epoch{'' if done == 1 else 's'} kept. Go on with:\n"
        f"  {shlex.join(again)}\n"
        "or delete that folder."
    )


def _python() -> str:
    """How to call this Python from where one is: as one probably did."""
    program = Path(sys.executable)
    return str(program.relative_to(Path.cwd())) if program.is_relative_to(Path.cwd()) else str(program)


def _check_same(hand: Hand, folder: Path) -> None:
    began = run.hand_of(folder)
    if began is None or began.sha256 != hand.sha256:
        which = "no hand" if began is None else "another hand"
        raise RunError(f"The run in {folder} began with {which}. Leave --hand out, or start a new run.")


def _chosen(arguments: Namespace) -> dict[str, Any]:
    """The settings that were named."""
    names = ("network", "epochs", "batch_size", "seed", "trial", "recipe")
    return {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}


def _new_settings(arguments: Namespace) -> run.Settings:
    chosen = _chosen(arguments)
    recipe = recipe_of(chosen.get("network", run.Settings.network), chosen.get("recipe", run.Settings.recipe))
    return run.Settings(**{"epochs": recipe.epochs, "batch_size": recipe.batch_size, **chosen})


def _plan(arguments: Namespace) -> tuple[run.Settings, Path]:
    """What to train, and in which folder."""
    if not arguments.resume:
        settings = _new_settings(arguments)
        folder = (arguments.out or run.new_folder(settings.network)).absolute()
        run.check(folder)
        return settings, folder
    folder = (arguments.out or run.unfinished(arguments.network)).absolute()
    settings = run.resume(folder)
    for name, value in _chosen(arguments).items():
        if value != getattr(settings, name):
            raise RunError(
                f"The run in {folder} began with {name.replace('_', ' ')} {getattr(settings, name)} and can't go on "
                f"with {value}. Leave that option out, or start a new run."
            )
    return settings, folder
