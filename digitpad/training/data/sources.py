"""Where the files of data sets are found, and how they are fetched and checked before use."""

import gzip
import hashlib
import logging
import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import ncompress
import platformdirs
import pooch
import requests

from digitpad.errors import DataError

DATA_VARIABLE = "DIGITPAD_DATA"
SECONDS_OF_SILENCE = 30  # after which a server counts as out of reach


def cache_folder() -> Path:
    """The folder that downloads are kept in."""
    return platformdirs.user_cache_path("digitpad", appauthor=False)


def locate(folder: Path | None, kind: str, *names: str) -> Path | None:
    """Find a file: in `folder`, in `$DIGITPAD_DATA` or in the cache, in each below `kind` or directly.

    Args:
        folder: where the user says that the data are.
        kind: the name of the data set's own folder.
        names: what the file may be called.

    Returns:
        the file, or None where it is nowhere.
    """
    candidates = [place / name for place in places(folder, kind) for name in names]
    return next((file for file in candidates if file.is_file()), None)


def places(folder: Path | None, kind: str) -> list[Path]:
    """Where a data set may lie: in `folder`, `$DIGITPAD_DATA` or the cache, in each below `kind` or directly."""
    variable = os.environ.get(DATA_VARIABLE)
    above = [*filter(None, [folder, Path(variable) if variable else None]), cache_folder()]
    return [place / below for place in above for below in (kind, "")]


def checked(path: Path, contents: bytes, digest: str) -> bytes:
    """The contents, if their SHA-256 is the one expected.

    Raises:
        DataError: it is another.
    """
    if hashlib.sha256(contents).hexdigest() != digest:
        raise DataError(f"{path} does not hold the published file (its SHA-256 differs). Delete it and get it again.")
    return contents


def unpack(path: Path, digest: str, suffix: str = "") -> bytes:
    """The checked contents of a file packed by gzip or, as it was usual before, by compress (.Z).

    Args:
        path: the file.
        digest: the SHA-256 of what is packed in it.
        suffix: which of the two it is, `.gz` or `.Z`, where the file's name does not tell.

    Raises:
        DataError: the file is missing, damaged or another one.
    """
    try:
        packed = path.read_bytes()
        contents = ncompress.decompress(packed) if (suffix or path.suffix) == ".Z" else gzip.decompress(packed)
    except FileNotFoundError as error:
        raise DataError(f"{path} is missing, though files that belong to it are there. Put it there too.") from error
    except (EOFError, ValueError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path} is cut off or damaged ({error}). Delete it and get it again.") from error
    except OSError as error:
        raise DataError(f"{path} can't be read: {error.strerror}.") from error
    return checked(path, contents, digest)


def kept(path: Path, digest: str, addresses: Sequence[str], title: str) -> bytes:
    """The checked contents of a file in the cache; what it lacks, or what is damaged there, is fetched.

    Args:
        path: the file.
        digest: the SHA-256 of its contents when unpacked.
        addresses: where it is published.
        title: the data set's name, for messages.

    Raises:
        DataError: it is not there, and no address gave it, or it can't be written.
    """
    try:
        return unpack(path, digest)
    except DataError:
        _fetch(path, digest, addresses, title)
    return unpack(path, digest)


def _fetch(path: Path, digest: str, addresses: Sequence[str], title: str) -> None:
    """Download one file from the first address that has it whole."""
    # pooch would print the hash of the packed file and advise to check it; the contents are checked instead.
    pooch.get_logger().setLevel(logging.WARNING)
    failures = []
    for address in addresses:
        try:
            path.unlink(missing_ok=True)  # pooch leaves a file alone that is there
            pooch.retrieve(
                address,
                known_hash=None,
                fname=path.name,
                path=path.parent,
                downloader=lambda url, part, pup: _download(url, Path(part), digest, path, pup),
            )
        except (requests.RequestException, DataError) as error:
            failures.append(f"  {address}: {_plain(error)}")
        except OSError as error:
            raise DataError(f"{path} can't be written: {error.strerror or error}.") from error
        else:
            return
    raise DataError(
        f"{path.name} of {title} could not be downloaded:\n" + "\n".join(failures) + "\n"
        f"Check the connection and try again, or put its files into a folder and name it with --data "
        f"or ${DATA_VARIABLE}."
    )


def _download(url: str, part: Path, digest: str, path: Path, pup: pooch.Pooch) -> None:
    """Download to a temporary file and check it there: pooch moves it to its place only if this returns."""
    print(f"Downloading {path.name}")
    pooch.HTTPDownloader(progressbar=True, timeout=SECONDS_OF_SILENCE)(url, str(part), pup)
    try:
        unpack(part, digest, path.suffix)
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
