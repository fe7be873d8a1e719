"""A training run, from the options to a folder with a model that the apps can use.

The folder of a run holds, at its end:

    model.tflite      what the apps read with
    model.keras       the same network for Keras
    card.json         network, data, seed, versions, time, measured accuracy
    history.csv       loss and accuracy of every epoch
    mistakes.npz      which digits were taken for which, and the misread ones themselves
    *.png             training curves, worst misread digits, calibration, architecture

While it trains there are also `settings.json`, `data.json`, `state/` and, where a hand is learned too,
`learned.hand`, from which `--resume` goes on, and `progress.json`, which tells an app that started the training how
far it is.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from digitpad.errors import RunError
from digitpad.files import sweep, write_whole
from digitpad.models import catalogue
from digitpad.models.hand import Hand
from digitpad.models.model import CARD_FILE
from digitpad.training.recipes import recipe_of

SETTINGS_FILE = "settings.json"
DATA_FILE = "data.json"
HAND_FILE = "learned.hand"
LOCK_FILE = "lock"
HISTORY_FILE = "history.csv"
KERAS_FILE = "model.keras"
# For the app that started the training. A file, and not lines among those on standard output: there is nothing in it
# to be told from what is said to a person, a reader that comes late or hangs loses and blocks nothing, and a run that
# was started at a terminal can be watched in the same way.
PROGRESS_FILE = "progress.json"
STATE_FOLDER = "state"
ROOM_NEEDED = 50_000_000  # bytes: a run leaves about 5 MB, and each state is written beside the two before
LARGEST_SEED = 2**32 - 1  # what NumPy's generator takes


@dataclass(frozen=True)
class Settings:
    """What decides how a run turns out.

    Attributes:
        network: the name of the network.
        epochs: how often every training example is seen.
        batch_size: examples a step.
        seed: of the first weights and of the shuffling. The same seed on the same machine gives the same model.
        trial: hold back the last of MNIST's training digits, to choose by them, and leave its test digits unread.
        recipe: how the network is trained, one of `KINDS` in `digitpad.training.recipes`.

    Raises:
        RunError: there is no such network, or a number makes no sense.
    """

    network: str = "classic"
    epochs: int = 10
    batch_size: int = 128
    seed: int = 1
    trial: bool = False
    recipe: str = "standard"

    def __post_init__(self) -> None:
        recipe_of(self.network, self.recipe)
        for name, value, least, most in (
            ("epochs", self.epochs, 1, 1000),
            ("batch size", self.batch_size, 1, 10_000),
            ("seed", self.seed, 0, LARGEST_SEED),
        ):
            if type(value) is not int or not least <= value <= most:
                raise RunError(f"The {name} must be a whole number from {least} to {most}, not {value}.")
        if type(self.trial) is not bool:
            raise RunError(f"Whether it is a trial must be true or false, not {self.trial}.")


def new_folder(network: str) -> Path:
    """Where a run goes that was given no folder: among the user's models, named by network and time."""
    return catalogue.user_models() / f"{network}-{datetime.now().strftime('%Y-%m-%d-%H%M%S')}"


def unfinished(network: str | None) -> Path:
    """The folder of the user's latest run (of that network, if one is named) that was not finished.

    Raises:
        RunError: there is none.
    """
    found = [
        file.parent
        for file in catalogue.user_models().glob(f"*/{SETTINGS_FILE}")
        if not (file.parent / CARD_FILE).exists() and _is_run(file.parent, network)
    ]
    if not found:
        which = f"unfinished run of {network}" if network else "unfinished run"
        raise RunError(
            f"There is no {which} in {catalogue.user_models()}. Start one without --resume, "
            "or name the folder of a run with --out."
        )
    return max(found, key=lambda folder: (folder / SETTINGS_FILE).stat().st_mtime)


def check(folder: Path) -> None:
    """Refuse a folder that a new run can't be put into; nothing is made or changed.

    Raises:
        RunError: there is something in it already, it can't be written, or the disk is full.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            if (folder / SETTINGS_FILE).is_file():
                raise RunError(
                    f"{folder} holds an unfinished run. Go on with it by --resume, or name another folder."
                )
            raise RunError(f"{folder} exists already and is not an empty folder. Name a new one with --out.")
        _check_room(next(place for place in (folder, *folder.parents) if place.exists()))
    except OSError as error:
        raise _cannot_write(folder, error) from error


def start(folder: Path, settings: Settings, hand: Hand | None = None) -> None:
    """Make the folder of a new run.

    Args:
        folder: see `check`.
        settings: what to train, and how.
        hand: what a person taught, to be learned too; it is kept in the folder for `--resume`.

    Raises:
        RunError: see `check`.
    """
    check(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if hand is not None:
            write_whole(folder / HAND_FILE, hand.to_bytes())
        write_whole(folder / SETTINGS_FILE, json.dumps(asdict(settings), indent=2) + "\n")
    except OSError as error:
        raise _cannot_write(folder, error) from error


def resume(folder: Path) -> Settings:
    """The settings of an unfinished run, whose folder is ready to go on in.

    Raises:
        RunError: there is no unfinished run, it can't be written, or the disk is full.
    """
    try:
        if (folder / CARD_FILE).exists():
            raise RunError(f"The run in {folder} is finished: there is nothing to resume.")
        settings = _settings_in(folder)
        _check_room(folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    return settings


def hand_of(folder: Path) -> Hand | None:
    """What a person taught that a run learns too; None where it learns of no hand.

    Raises:
        HandError: the file of it is damaged.
    """
    file = folder / HAND_FILE
    return Hand.open(file) if file.exists() else None


def state_of(folder: Path, epochs: int) -> Path:
    """The file with the state of a run after so many epochs."""
    return folder / STATE_FOLDER / f"epoch-{epochs:04}.state"


def saved_states(folder: Path) -> list[int]:
    """After which epochs the state of a run is there, the latest first."""
    names = (file.stem.removeprefix("epoch-") for file in (folder / STATE_FOLDER).glob("epoch-*.state"))
    return sorted((int(name) for name in names if name.isdecimal()), reverse=True)


def finished_epochs(folder: Path) -> int:
    """How many epochs of a run are finished and kept."""
    return max(saved_states(folder), default=0)


def forget_progress(folder: Path) -> None:
    """Take away the note of how far a training is, which has ended."""
    with suppress(OSError):  # Windows deletes nothing that another program is reading
        (folder / PROGRESS_FILE).unlink()


def keep_to(folder: Path, data: dict[str, str]) -> None:
    """Refuse to go on with other data than a run has learned from so far.

    Args:
        folder: the run's.
        data: the hash of each data set that it is to learn from, by name.

    Raises:
        RunError: its finished epochs learned from others.
        OSError: what it learns from can't be written down.
    """
    file, before = folder / DATA_FILE, data
    if finished_epochs(folder):
        with suppress(OSError, ValueError, TypeError):  # without a note of it nothing can be compared
            before = dict(json.loads(file.read_text(encoding="utf-8")))
    changed = sorted({name for name in {**before, **data} if before.get(name) != data.get(name)})
    if changed:
        raise RunError(
            f"The run in {folder} began with other data: {', '.join(changed)} came or went. Name the folder that has "
            "what it began with by --data, or start a new run."
        )
    write_whole(file, json.dumps(data, indent=2) + "\n")


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
        # Deleted first: once released, it may be another process' lock. Windows deletes no open file; left, it does
        # no harm.
        with suppress(OSError):
            (folder / LOCK_FILE).unlink()
        lock.release()


def finish(folder: Path) -> None:
    """Take away what only an unfinished run needs, and what is left of one that was killed."""
    sweep(folder)
    shutil.rmtree(folder / STATE_FOLDER, ignore_errors=True)
    for name in (DATA_FILE, HAND_FILE, SETTINGS_FILE):
        (folder / name).unlink(missing_ok=True)


def _is_run(folder: Path, network: str | None) -> bool:
    """Whether a run lies there whose settings can be read (and are for that network, if one is named)."""
    try:
        return network in (None, _settings_in(folder).network)
    except RunError:
        return False


def _settings_in(folder: Path) -> Settings:
    file = folder / SETTINGS_FILE
    if not file.is_file():
        raise RunError(f"There is no unfinished run in {folder}. Start one without --resume.")
    try:
        return Settings(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError, RunError) as error:
        raise RunError(f"{file} is damaged ({error}). Start a new run.") from error


def _check_room(folder: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=folder):
        pass  # that it can be made is what is to be known
    room = shutil.disk_usage(folder).free
    if room < ROOM_NEEDED:
        raise RunError(
            f"The disk of {folder} is too full: {room / 1e6:.0f} MB are free and {ROOM_NEEDED / 1e6:.0f} MB needed. "
            "Make room, or name a folder on another disk with --out."
        )


def _cannot_write(folder: Path, error: OSError) -> RunError:
    return RunError(f"{folder} can't be written: {error.strerror or error}. Name another folder with --out.")
