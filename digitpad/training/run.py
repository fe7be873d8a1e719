"""A training run, from the options to a folder with a model that the apps can use.

The folder of a run holds, at its end:

    model.tflite      what the apps read with
    model.keras       the same network for Keras
    card.json         network, data, seed, versions, time, measured accuracy
    history.csv       loss and accuracy of every epoch
    *.png             training curves, confusion matrix, worst misread digits, architecture

While it trains there are also `settings.json` and `state/`, from which `--resume` goes on.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from digitpad import catalogue
from digitpad.errors import RunError
from digitpad.files import write_whole
from digitpad.model import CARD_FILE
from digitpad.training import networks

SETTINGS_FILE = "settings.json"
LOCK_FILE = "lock"
STATE_FOLDER = "state"
ROOM_NEEDED = 50_000_000  # bytes: a run leaves about 5 MB, and Keras writes each file beside the old one
LARGEST_SEED = 2**32 - 1  # what NumPy's generator takes


@dataclass(frozen=True)
class Settings:
    """What decides how a run turns out.

    Attributes:
        network: the name of the network.
        epochs: how often every training example is seen.
        batch_size: examples a step.
        seed: of the first weights and of the shuffling. The same seed on the same machine gives the same model.

    Raises:
        RunError: there is no such network, or a number makes no sense.
    """

    network: str = "classic"
    epochs: int = 10
    batch_size: int = 128
    seed: int = 1

    def __post_init__(self) -> None:
        if self.network not in networks.names():
            raise RunError(f"There is no network {self.network!r}. There is: {', '.join(networks.names())}.")
        for name, value, most in (
            ("epochs", self.epochs, 1000),
            ("batch size", self.batch_size, 10_000),
        ):
            if not 1 <= value <= most:
                raise RunError(f"The {name} must be from 1 to {most}, not {value}.")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise RunError(f"The seed must be from 0 to {LARGEST_SEED}, not {self.seed}.")


def new_folder(network: str) -> Path:
    """Where a run goes that was given no folder: among the user's models, named by network and time."""
    return catalogue.user_models() / f"{network}-{datetime.now().strftime('%Y-%m-%d-%H%M%S')}"


def unfinished(network: str | None) -> Path:
    """The folder of the user's latest run (of that network, if one is named) that was not finished.

    Raises:
        RunError: there is none.
    """
    found = [
        path.parent
        for path in catalogue.user_models().glob(f"*/{SETTINGS_FILE}")
        if network in (None, _settings_in(path.parent).network)
    ]
    if not found:
        which = f"unfinished run of {network}" if network else "unfinished run"
        raise RunError(
            f"There is no {which} in {catalogue.user_models()}. Start one without --resume, "
            "or name the folder of a run with --out."
        )
    return max(found, key=lambda folder: (folder / SETTINGS_FILE).stat().st_mtime)


def start(folder: Path, settings: Settings) -> None:
    """Make the folder of a new run.

    Raises:
        RunError: there is something in it already, it can't be written, or the disk is full.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if (folder / SETTINGS_FILE).exists():
            raise RunError(f"{folder} holds an unfinished run. Go on with it by --resume, or name another folder.")
        raise RunError(f"{folder} exists already and is not an empty folder. Name a new one with --out.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(f"The folder {folder} can't be made: {error.strerror}. Name another with --out.") from error
    try:
        _check_room(folder)
        write_whole(folder / SETTINGS_FILE, json.dumps(asdict(settings), indent=2) + "\n")
    except (OSError, RunError) as error:
        folder.rmdir()
        if isinstance(error, RunError):
            raise
        raise RunError(f"{folder} can't be written: {error.strerror}. Name another folder with --out.") from error


def resume(folder: Path) -> Settings:
    """The settings of an unfinished run, whose folder is ready to go on in.

    Raises:
        RunError: there is no unfinished run, it can't be written, or the disk is full.
    """
    if (folder / CARD_FILE).exists():
        raise RunError(f"The run in {folder} is finished: there is nothing to resume.")
    settings = _settings_in(folder)
    _check_room(folder)
    return settings


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every other process from training into the same folder; the system lets go of it after a kill.

    Raises:
        RunError: another process is training there.
    """
    lock = FileLock(folder / LOCK_FILE, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise RunError(f"Another process is training into {folder}. Wait for it, or name another folder.") from error
    try:
        yield
    finally:
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


def finish(folder: Path) -> None:
    """Take away what only an unfinished run needs."""
    shutil.rmtree(folder / STATE_FOLDER, ignore_errors=True)
    (folder / SETTINGS_FILE).unlink(missing_ok=True)


def _settings_in(folder: Path) -> Settings:
    try:
        return Settings(**json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise RunError(f"There is no unfinished run in {folder}. Start one without --resume.") from error
    except (OSError, ValueError, TypeError) as error:
        raise RunError(f"{folder / SETTINGS_FILE} is damaged ({error}). Start a new run.") from error


def _check_room(folder: Path) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise RunError(f"{folder} can't be written: {error.strerror}. Name another folder with --out.") from error
    room = shutil.disk_usage(folder).free
    if room < ROOM_NEEDED:
        raise RunError(
            f"The disk of {folder} is too full: {room / 1e6:.0f} MB are free and {ROOM_NEEDED / 1e6:.0f} MB needed. "
            "Make room, or name a folder on another disk with --out."
        )
