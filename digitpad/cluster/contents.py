"""The pictures in a shard, one after another: in a tar or zip archive, in a Parquet file, or files by themselves."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from digitpad.cluster.places import Place, is_hidden, named, told
from digitpad.errors import ClusterError, PictureError
from digitpad.pictures.decoding import picture_suffixes
from digitpad.pictures.pages import pages

if TYPE_CHECKING:
    from digitpad.many import Sent

TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
ZIPS = (".zip",)
TABLES = (".parquet",)
MOST_BYTES = 500_000_000  # of one picture file: what claims more is none, or would fill the memory
CHUNK = 1 << 20  # bytes of a tar archive that are asked for at once
ROWS = 32  # of a table that are in memory at once
PICTURES = (
    "bytes",
    "image",
    "picture",
    "content",
    "data",
    "png",
    "jpg",
    "jpeg",
    "tif",
    "pdf",
)  # what columns are called
NAMES = ("name", "file", "file_name", "filename", "path", "__key__", "key", "id")
DAMAGED = (tarfile.TarError, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError, pa.ArrowInvalid)


def is_shard(name: str) -> bool:
    """Whether a file holds many pictures, by its suffix."""
    return name.lower().endswith((*TARS, *ZIPS, *TABLES))


def is_picture(name: str) -> bool:
    """Whether a file is a picture, by its suffix."""
    return name.lower().endswith(tuple(picture_suffixes()))


def pictures_in(folder: Place, files: Iterable[str], by_page: bool) -> "Iterator[tuple[str, Sent]]":
    """The pictures in some files, of which one is in memory at a time.

    Args:
        folder: where they lie.
        files: pictures, or archives or tables of them.
        by_page: whether each page of a file is a picture; else its first one is read.

    Yields:
        what each is called, and the picture as an open file or as a page of one; or why it can't be read.

    Raises:
        ClusterError: an archive or a table can't be read to its end.
    """
    for name, content in _contents(folder, files):
        name = name.encode(errors="backslashreplace").decode()  # it may be no text in any encoding
        if isinstance(content, PictureError):
            yield name, content
        elif not by_page:
            yield name, named(content, name)
        else:
            try:
                yield from ((page.name, page) for page in pages(named(content, name)))
            except PictureError as error:
                yield name, error


def _contents(folder: Place, files: Iterable[str]) -> Iterator[tuple[str, bytes | PictureError]]:
    """What is in the picture files, each with its name."""
    for file in files:
        place = folder.below(file)
        if file.lower().endswith(TARS):
            yield from _in_tar(place)
        elif file.lower().endswith(ZIPS):
            yield from _in_zip(place)
        elif file.lower().endswith(TABLES):
            yield from _in_table(place)
        else:
            yield place.shown, _alone(place)


def _alone(place: Place) -> bytes | PictureError:
    try:
        with told(place.shown), place.filesystem.open_input_file(place.path) as file:
            return too_large(place.shown) if file.size() > MOST_BYTES else bytes(file.read())
    except ClusterError as error:
        # What is gone or locked is so for a picture; a network that is down would be so for all of them.
        if isinstance(error.__cause__, FileNotFoundError):
            return PictureError(f"The file {place.shown} does not exist.")
        if isinstance(error.__cause__, PermissionError):
            return PictureError(str(error))
        raise


class _Member(tarfile.TarInfo):
    """A file in a tar archive; without it a header that is cut off would be taken for the archive's end."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> "_Member":
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # the end as it should be
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(str(error)) from error


def _in_tar(place: Place) -> Iterator[tuple[str, bytes | PictureError]]:
    with (
        _whole(place.shown),
        place.filesystem.open_input_stream(place.path, compression=None) as stream,
        tarfile.open(fileobj=stream, mode="r|*", bufsize=CHUNK, tarinfo=_Member) as archive,
    ):
        while (member := archive.next()) is not None:
            archive.members = []  # type: ignore[attr-defined]  # else it keeps all of them
            if member.isfile() and is_picture(member.name) and not is_hidden(member.name):
                name = place.below(member.name).shown
                file = archive.extractfile(member)
                yield name, too_large(name) if member.size > MOST_BYTES or file is None else file.read()


def _in_zip(place: Place) -> Iterator[tuple[str, bytes | PictureError]]:
    with (
        _whole(place.shown),
        place.filesystem.open_input_file(place.path) as stream,
        zipfile.ZipFile(stream) as archive,
    ):
        for member in archive.infolist():
            if not member.is_dir() and is_picture(member.filename) and not is_hidden(member.filename):
                name = place.below(member.filename).shown
                yield name, too_large(name) if member.file_size > MOST_BYTES else _member(archive, member, name)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes | PictureError:
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError):
        return PictureError(f"The file {name} is damaged or cut off. Get another copy of it.")
    except (RuntimeError, NotImplementedError) as error:  # a password, or a compression that Python does not know
        return PictureError(f"The file {name} can't be unpacked: {error}.")


def _in_table(place: Place) -> Iterator[tuple[str, bytes | PictureError]]:
    with (
        _whole(place.shown),
        place.filesystem.open_input_file(place.path) as stream,
        parquet.ParquetFile(stream, buffer_size=CHUNK) as table,
    ):
        picture, name = columns_of(table.schema_arrow, place.shown)
        row = 0
        for batch in table.iter_batches(ROWS, columns=[picture, name] if name else [picture]):
            names = batch.column(name).to_pylist() if name else [None] * len(batch)
            for called, value in zip(names, batch.column(picture), strict=True):
                row += 1
                shown = f"{place.shown}, row {row}" if called is None else place.below(str(called)).shown
                yield shown, bytes_of(value.as_py(), shown)


def columns_of(schema: pa.Schema, table: str) -> tuple[str, str | None]:
    """Which column of a table holds picture files, as bytes or as Hugging Face's structs, and which their names.

    Raises:
        ClusterError: none does.
    """
    fits = [field.name for field in schema if holds_files(field.type)]
    if not fits:
        raise ClusterError(f"{table} has no column with picture files as bytes.")
    texts = {field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_integer(field.type)}
    called = next((name for name in NAMES if name in texts), None)
    return next((name for name in PICTURES if name in fits), fits[0]), called


def holds_files(kind: pa.DataType) -> bool:
    """Whether a column of this type can hold picture files."""
    if pa.types.is_struct(kind):
        return bool(kind.get_field_index("bytes") >= 0)
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def bytes_of(value: Any, name: str) -> bytes | PictureError:
    """What is in a picture file, from a cell of a table."""
    content = value.get("bytes") if isinstance(value, dict) else value
    if content is None:
        return PictureError(f"{name} holds no picture.")
    return too_large(name) if len(content) > MOST_BYTES else content


def too_large(name: str) -> PictureError:
    """The error of what can't be a picture."""
    return PictureError(f"The file {name} has more than {MOST_BYTES // 10**6} MB: that is no picture.")


@contextmanager
def _whole(shown: str) -> Iterator[None]:
    """What is wrong with an archive or a table becomes a sentence about it."""
    with told(shown):
        try:
            yield
        except DAMAGED as error:
            raise ClusterError(f"{shown} is damaged or cut off. Get another copy of it.") from error
