"""A training in a process of its own, and the runs that it leaves.

The apps know nothing of `digitpad.training`, which needs TensorFlow: what a run tells is read from its folder.
"""

import contextlib
import csv
import json
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from digitpad.ending import INTERRUPTED
from digitpad.models import catalogue
from digitpad.models.model import CARD_FILE

# -P: what lies in the folder in which the app was started is not to be taken for a module.
COMMAND = (sys.executable, "-P", "-m", "digitpad.training")
PROGRAM = "python -m digitpad.training: "  # what its last words begin with when it fails

PROGRESS_FILE = "progress.json"
HISTORY_FILE = "history.csv"
SETTINGS_FILE = "settings.json"
LOCK_FILE = "lock"

MILLISECONDS_BETWEEN_LOOKS = 500
SECONDS_TO_STOP = 10  # then the process is killed, which costs no finished epoch either
SECONDS_TO_STOP_AT_THE_END = 3  # the same when the app ends, and a person waits for it
LONGEST_REPORT = 20_000  # bytes of what the process said last about what went wrong


class Ending(Enum):
    """How a training ended."""

    DONE = auto()
    STOPPED = auto()
    FAILED = auto()


@dataclass(frozen=True)
class Progress:
    """How far a training is.

    Attributes:
        epoch: the one that is going on, from 1.
        epochs: how many there will be.
        batch: how many batches of this epoch are done.
        batches: how many an epoch has.
        loss: on what was learned from in this epoch.
        accuracy: the same, 0 to 1.
        seconds_left: until the last epoch is done; None where that can't be told yet.
    """

    epoch: int
    epochs: int
    batch: int
    batches: int
    loss: float
    accuracy: float
    seconds_left: float | None


class Trainer(QObject):
    """Starts a training, watches it, and never leaves it behind: it ends with this object or with the app.

    Where the app is killed, the training ends some seconds later, when it has something to say and nobody hears it.
    """

    said = Signal(str)
    """The latest line of what it says to a person."""
    progressed = Signal(object)
    """Where it is, a Progress; None while it is not at its epochs."""
    ended = Signal(object, str)
    """That it has ended: the Ending, and what went wrong where it FAILED."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = Path()
        self._stopping = False
        self._report = b""
        self._process = QProcess(self)  # whose end kills what it started
        if sys.platform != "win32":
            # A shell that started the app in the background had it ignore Ctrl-C, and children inherit that.
            self._process.setUnixProcessParameters(QProcess.UnixProcessFlag.ResetSignalHandlers)
        self._process.readyReadStandardOutput.connect(self._hear)
        self._process.readyReadStandardError.connect(self._hear)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._fail)
        self._looking = QTimer(self, interval=MILLISECONDS_BETWEEN_LOOKS)
        self._looking.timeout.connect(self._look)
        self._patience = QTimer(self, singleShot=True, interval=SECONDS_TO_STOP * 1000)
        self._patience.timeout.connect(self._process.kill)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.end)

    @property
    def is_running(self) -> bool:
        """Whether a training is going on, or being stopped."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def is_stopping(self) -> bool:
        """Whether a training was asked to stop and has not done so yet."""
        return self.is_running and self._stopping

    def start(self, folder: Path, options: Sequence[str]) -> None:
        """Train into a folder.

        Args:
            folder: the run's.
            options: of `python -m digitpad.training`, but for `--out`.
        """
        self.folder, self._stopping, self._report = folder, False, b""
        with contextlib.suppress(OSError):  # if it can't be written there, the training will say so
            (folder / PROGRESS_FILE).unlink(missing_ok=True)  # of a run that was killed
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")  # a line is to be seen when it is said
        environment.insert("PYTHONUTF8", "1")
        self._process.setProcessEnvironment(environment)
        self._looking.start()
        self._process.start(COMMAND[0], [*COMMAND[1:], *options, f"--out={folder}"])

    def stop(self) -> None:
        """Ask the training to stop, as Ctrl-C does; one that does not listen is killed. Finished epochs are kept."""
        if self.is_running and not self._stopping:
            self._stopping = True
            self._patience.start()
            self._interrupt()

    def end(self) -> None:
        """Stop the training and wait until it has."""
        if self.is_running:
            self._stopping = True
            self._interrupt()
            if not self._process.waitForFinished(SECONDS_TO_STOP_AT_THE_END * 1000):
                self._process.kill()
                self._process.waitForFinished()

    def _interrupt(self) -> None:
        process = self._process.processId()
        # Windows knows no Ctrl-C for a single process without a console. 0 would mean the app itself.
        if sys.platform != "win32" and process > 0:
            os.kill(process, signal.SIGINT)
        else:
            self._process.kill()

    def _look(self) -> None:
        self.progressed.emit(read_progress(self.folder))

    def _hear(self) -> None:
        said = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace")
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        if lines:
            self.said.emit(lines[-1])
        self._report = (self._report + bytes(self._process.readAllStandardError().data()))[-LONGEST_REPORT:]

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the others are followed by `finished`
            self._looking.stop()
            self.ended.emit(Ending.FAILED, f"{COMMAND[0]} could not be started: {self._process.errorString()}.")

    def _finish(self, status: int, how: QProcess.ExitStatus) -> None:
        self._looking.stop()
        self._patience.stop()
        self._hear()
        self._look()
        if how == QProcess.ExitStatus.NormalExit and status == 0:
            self.ended.emit(Ending.DONE, "")
        elif self._stopping or status == INTERRUPTED:
            self.ended.emit(Ending.STOPPED, "")
        elif how == QProcess.ExitStatus.CrashExit:
            self.ended.emit(Ending.FAILED, "The system ended the training; perhaps the memory did not suffice.")
        else:
            self.ended.emit(Ending.FAILED, self._last_words())

    def _last_words(self) -> str:
        """What the process said of its failure: its own sentence, or the last line of whatever it left."""
        report = self._report.decode(errors="replace")
        if PROGRAM in report:
            return report.rpartition(PROGRAM)[2].strip()
        lines = [line.strip() for line in report.splitlines() if line.strip()]
        return lines[-1] if lines else "The training ended and did not say why."


def read_progress(folder: Path) -> Progress | None:
    """How far the run in a folder is; None where it is not at its epochs."""
    try:
        return Progress(**json.loads((folder / PROGRESS_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def read_history(folder: Path) -> tuple[list[float], list[float]]:
    """The accuracy on what is learned from, and on what is held out, of each epoch that a run has finished."""
    pairs: list[tuple[float, float]] = []
    try:
        with (folder / HISTORY_FILE).open(newline="", encoding="utf-8") as file:
            pairs.extend((float(row["accuracy"]), float(row["val_accuracy"])) for row in csv.DictReader(file))
    # Not there yet, or a line that is still being written; those before it have come into the list.
    except (OSError, ValueError, TypeError, KeyError):
        pass
    return [learned for learned, _ in pairs], [held_out for _, held_out in pairs]


def unfinished(folder: Path) -> bool:
    """Whether a folder holds a run that one can go on with, and that nobody is going on with now."""
    return (folder / SETTINGS_FILE).is_file() and not (folder / CARD_FILE).exists() and not _is_at_work(folder)


def latest_unfinished() -> Path | None:
    """The folder of the user's latest run that was stopped before its end; None where there is none."""
    try:
        runs = [file.parent for file in catalogue.user_models().glob(f"*/{SETTINGS_FILE}") if unfinished(file.parent)]
        return max(runs, key=lambda folder: (folder / SETTINGS_FILE).stat().st_mtime, default=None)
    except OSError:
        return None


def delete(folder: Path) -> None:
    """Take away the folder of an unfinished run.

    Raises:
        OSError: it can't be deleted, or a training has begun to go on in it.
    """
    if not unfinished(folder):
        raise OSError(f"{folder} holds no run that waits. Nothing was deleted.")
    shutil.rmtree(folder)


def _is_at_work(folder: Path) -> bool:
    """Whether a process is training into a folder now: it holds the lock there, until it ends in whatever way."""
    try:
        import fcntl
    except ImportError:  # Windows, where files that are in use can't be deleted
        return False
    try:
        with (folder / LOCK_FILE).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # no lock
        return False
    return False
