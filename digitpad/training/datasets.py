"""The data that networks learn from, found on disk or fetched, and checked before use."""

import gzip
import hashlib
import logging
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs
import pooch
import requests
from numpy.typing import NDArray

from digitpad.errors import DataError

DATA_VARIABLE = "DIGITPAD_DATA"

# Two public mirrors of the files that LeCun, Cortes and Burges published.
MNIST_MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)

# SHA-256 of the contents. The same contents can be packed in many ways, so the .gz bytes are not compared.
MNIST_CONTENTS = {
    "train-images-idx3-ubyte.gz": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte.gz": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte.gz": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte.gz": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}

IMAGES_HEADER = 16  # bytes before the first pixel in an IDX file of images
LABELS_HEADER = 8
SECONDS_OF_SILENCE = 30  # after which a mirror counts as out of reach


@dataclass(frozen=True, eq=False)
class Examples:
    """Glyphs with what they show.

    Attributes:
        glyphs: uint8 (n, 28, 28), ink 255 on 0.
        labels: uint8 (n,), 0 to 9.
    """

    glyphs: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, chosen: slice | NDArray[np.intp]) -> "Examples":
        return Examples(self.glyphs[chosen], self.labels[chosen])


@dataclass(frozen=True, eq=False)
class Mnist:
    """The MNIST database of handwritten digits (LeCun, Cortes, Burges, 1998).

    Attributes:
        train: the 60,000 examples to learn from.
        test: the 10,000 examples to measure with, once, at the end.
        source: the folder that the files were read from.
    """

    train: Examples
    test: Examples
    source: Path


def load_mnist(folder: Path | None = None, mirrors: Sequence[str] = MNIST_MIRRORS) -> Mnist:
    """Find MNIST, fetch it if it is nowhere on this machine, check it and read it.

    It is looked for in `folder`, in the folder that `$DIGITPAD_DATA` names, and in the user's cache folder;
    then it is downloaded to the cache folder from the first mirror that has it. In the first two the files
    may lie in a folder `mnist/` or directly.

    Args:
        folder: where the user says that the data are; they must be there.
        mirrors: addresses, each ending in a slash, to which a file's name is added.

    Raises:
        DataError: `folder` holds no MNIST; a file found is not the published one; no mirror could be reached.
    """
    source = _named_folder(folder)
    if source is None:
        source = mnist_cache()
        _fill_cache(source, mirrors)
    contents = [unpack(source / name, digest) for name, digest in MNIST_CONTENTS.items()]
    train_images, train_labels, test_images, test_labels = contents
    return Mnist(
        train=Examples(_images(train_images), _labels(train_labels)),
        test=Examples(_images(test_images), _labels(test_labels)),
        source=source,
    )


def mnist_cache() -> Path:
    """The folder that downloads of MNIST are kept in."""
    return _cache() / "mnist"


def locate(folder: Path | None, kind: str, name: str) -> Path | None:
    """Find a file of a data set that is not downloaded: where MNIST is looked for, in a folder named after its kind.

    Returns:
        the file, or None where it is nowhere.
    """
    variable = os.environ.get(DATA_VARIABLE)
    places = [*filter(None, [folder, Path(variable) if variable else None]), _cache()]
    candidates = [place / below / name for place in places for below in (kind, "")]
    return next((file for file in candidates if file.is_file()), None)


def checked(path: Path, contents: bytes, digest: str) -> bytes:
    """The contents, if their SHA-256 is the one expected.

    Raises:
        DataError: it is another.
    """
    if hashlib.sha256(contents).hexdigest() != digest:
        raise DataError(f"{path} does not hold the published file (its SHA-256 differs). Delete it and get it again.")
    return contents


def _cache() -> Path:
    return platformdirs.user_cache_path("digitpad", appauthor=False)


def _named_folder(folder: Path | None) -> Path | None:
    """The folder with MNIST that `--data` or the environment names, or None where neither does."""
    if folder is not None:
        found = _holding(folder)
        if found is None:
            raise DataError(
                f"There is no MNIST in {folder}: neither {folder / 'mnist'} nor {folder} itself holds "
                f"{next(iter(MNIST_CONTENTS))}. Name another folder, or none to have MNIST downloaded."
            )
        return found
    variable = os.environ.get(DATA_VARIABLE)
    return _holding(Path(variable)) if variable else None


def _holding(folder: Path) -> Path | None:
    """The folder, of the two that may, that holds MNIST files. A partial set is found, and refused on reading."""
    for candidate in (folder / "mnist", folder):
        if any((candidate / name).exists() for name in MNIST_CONTENTS):
            return candidate
    return None


def unpack(path: Path, digest: str) -> bytes:
    """The checked contents of a gzipped file."""
    try:
        contents = gzip.decompress(path.read_bytes())
    except FileNotFoundError as error:
        raise DataError(f"{path} is missing, though other files of MNIST are there. Put it there too.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path} is cut off or damaged ({error}). Delete it and get it again.") from error
    except OSError as error:
        raise DataError(f"{path} can't be read: {error.strerror}.") from error
    return checked(path, contents, digest)


def _images(contents: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(contents, np.uint8, offset=IMAGES_HEADER).reshape(-1, 28, 28)


def _labels(contents: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(contents, np.uint8, offset=LABELS_HEADER)


def _fill_cache(cache: Path, mirrors: Sequence[str]) -> None:
    """Fetch what the cache lacks; a damaged file in it is ours to replace."""
    for name, digest in MNIST_CONTENTS.items():
        path = cache / name
        try:
            unpack(path, digest)
        except DataError:
            _fetch(path, digest, mirrors)


def _fetch(path: Path, digest: str, mirrors: Sequence[str]) -> None:
    """Download one file from the first mirror that has it whole."""
    # pooch would print the hash of the packed file and advise to check it; the contents are checked instead.
    pooch.get_logger().setLevel(logging.WARNING)
    failures = []
    for mirror in mirrors:
        try:
            path.unlink(missing_ok=True)  # pooch leaves a file alone that is there
            pooch.retrieve(
                mirror + path.name,
                known_hash=None,
                fname=path.name,
                path=path.parent,
                downloader=lambda url, part, pup: _download(url, Path(part), digest, path.name, pup),
            )
        except (requests.RequestException, DataError) as error:
            failures.append(f"  {mirror}{path.name}: {_plain(error)}")
        except OSError as error:
            raise DataError(f"{path} can't be written: {error.strerror or error}.") from error
        else:
            return
    raise DataError(
        f"{path.name} of MNIST could not be downloaded:\n" + "\n".join(failures) + "\n"
        f"Check the connection and try again, or put the four files into a folder and name it with --data "
        f"or ${DATA_VARIABLE}."
    )


def _download(url: str, part: Path, digest: str, name: str, pup: pooch.Pooch) -> None:
    """Download to a temporary file and check it there: pooch moves it to its place only if this returns."""
    print(f"Downloading {name}")
    pooch.HTTPDownloader(progressbar=True, timeout=SECONDS_OF_SILENCE)(url, str(part), pup)
    try:
        unpack(part, digest)
    except DataError as error:
        reason = error.__cause__ or "its contents are not the published ones (SHA-256)"
        raise DataError(f"what came is cut off, damaged or another file: {reason}") from error


def _plain(error: Exception) -> str:
    """A network error in a few words, not in requests' and urllib3's nested ones."""
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"the server answered {error.response.status_code} {error.response.reason}"
    if isinstance(error, requests.Timeout):
        return f"no answer within {SECONDS_OF_SILENCE} seconds"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection broke off half-way"
    if isinstance(error, requests.ConnectionError):
        return "the server can't be reached"
    return str(error)
