"""MNIST: what every network learns from."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import DataError
from digitpad.training.data.sources import DATA_VARIABLE, cache_folder, kept, unpack

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


@dataclass(frozen=True, eq=False)
class Examples:
    """Glyphs with what they show.

    Attributes:
        glyphs: uint8 (n, 28, 28), ink 255 on 0.
        labels: uint8 (n,), 0 to 9; 10 for what is no digit.
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
        contents = [
            kept(source / name, digest, [mirror + name for mirror in mirrors], "MNIST")
            for name, digest in MNIST_CONTENTS.items()
        ]
    else:
        contents = [unpack(source / name, digest) for name, digest in MNIST_CONTENTS.items()]
    train_images, train_labels, test_images, test_labels = contents
    return Mnist(
        train=Examples(_images(train_images), _labels(train_labels)),
        test=Examples(_images(test_images), _labels(test_labels)),
        source=source,
    )


def mnist_cache() -> Path:
    """The folder that downloads of MNIST are kept in."""
    return cache_folder() / "mnist"


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


def _images(contents: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(contents, np.uint8, offset=IMAGES_HEADER).reshape(-1, 28, 28)


def _labels(contents: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(contents, np.uint8, offset=LABELS_HEADER)
