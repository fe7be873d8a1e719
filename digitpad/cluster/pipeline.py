"""Readings as a step of somebody's own pipeline on Ray Data."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import pyarrow as pa
import ray.data

from digitpad.cluster.contents import bytes_of, holds_files
from digitpad.cluster.rows import SCHEMA, row_of
from digitpad.cluster.sending import SentModel
from digitpad.models.model import Model
from digitpad.pad.page_results import PageResult
from digitpad.pad.results import Result
from digitpad.recognizer import Recognizer

if TYPE_CHECKING:
    from digitpad.many import Sent

ADDED = pa.schema([field for field in SCHEMA if field.name != "name"])
BATCH = 256  # rows that an actor gets at a time


def read_column(
    dataset: ray.data.Dataset,
    column: str = "bytes",
    numbers: bool = False,
    model: str | Path | Model | None = None,
) -> ray.data.Dataset:
    """Read the pictures in a column of a dataset, as a step of a pipeline of one's own.

    Args:
        dataset: of Ray's, such as `ray.data.read_binary_files` or `read_images` give.
        column: holds pictures: what is in files, as bytes or as Hugging Face's structs, or arrays as for
            `Recognizer.read`.
        numbers: whether numbers are read, not a digit.
        model: as for `Recognizer`.

    Returns:
        the dataset with a row for each of its own: the other columns, and in place of that one text, digit, verdict,
        confidence, likeliest, boxes, error, which says why one can't be read, and note. Nothing is read until rows
        are asked for; there are as many actors as Ray has room for, each with one recognizer.

    Raises:
        ModelError: the model that was asked for is missing or broken.
    """
    sent = SentModel.of(Recognizer(model).model)
    return dataset.map_batches(
        ColumnReader,
        fn_constructor_args=(sent, column, numbers),
        batch_format="pyarrow",
        batch_size=BATCH,
        compute=ray.data.ActorPoolStrategy(min_size=1),
    )


class ColumnReader:
    """Reads the pictures in a column of each batch; one of Ray's actors holds it."""

    def __init__(self, model: SentModel, column: str, numbers: bool) -> None:
        cv2.setNumThreads(1)  # the other cores have actors of their own
        self._recognizer = model.recognizer()
        self._column, self._numbers = column, numbers

    def __call__(self, batch: pa.Table) -> pa.Table:
        """The batch with what was read in place of the pictures."""
        pictures = _pictures(batch.column(self._column))
        found: Iterator[Result | PageResult]
        if self._numbers:
            found = (PageResult.of("", page) for page in self._recognizer.read_many_numbers(pictures))
        else:
            found = (Result.of("", reading) for reading in self._recognizer.read_many(pictures))
        read = pa.Table.from_pylist([row_of(result) for result in found], ADDED)
        others = [name for name in batch.column_names if name not in {self._column, *ADDED.names}]
        for name in others:
            read = read.append_column(batch.schema.field(name), batch.column(name))
        return read.select([*others, *ADDED.names])


def _pictures(column: pa.ChunkedArray) -> "Iterator[Sent]":
    if holds_files(column.type):
        return (bytes_of(value.as_py(), "This row") for value in column)
    values: Any = column.combine_chunks()
    return iter(values.to_numpy(zero_copy_only=False))
