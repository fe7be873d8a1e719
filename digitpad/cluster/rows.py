"""The rows that are written, one a picture: the columns of the command's JSON, and the text and boxes of numbers."""

import io
import json
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from digitpad.pad.page_results import PageResult
from digitpad.pad.results import Result

AT_ONCE = 10_000  # rows that are held as Python's objects, which take ten times the memory of a table
BOX = pa.struct(
    [
        *((name, pa.int32()) for name in ("row", "place")),
        *((name, pa.string()) for name in ("number", "verdict")),
        ("confidence", pa.float64()),
        *((name, pa.int32()) for name in ("left", "top", "right", "bottom")),
    ]
)
SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("text", pa.string()),
        ("digit", pa.int8()),
        ("verdict", pa.string()),
        ("confidence", pa.float64()),
        ("likeliest", pa.int8()),
        ("boxes", pa.list_(BOX)),
        ("error", pa.string()),
        ("note", pa.string()),
    ]
)
BOX_COLUMNS = [field.name for field in BOX]
NOTHING = dict.fromkeys(SCHEMA.names)


def row_of(result: Result | PageResult) -> dict[str, Any]:
    """What came of a picture, by SCHEMA: None where there is nothing.

    `text` is the digit, or the numbers, apart by a space, rows by a line; `digit` and `likeliest` are of pictures
    that were read as one digit, `boxes`, one a number, of those that were read as pages.
    """
    if isinstance(result, Result):
        row = result.row
        text = None if row["digit"] is None else str(row["digit"])
        return {**NOTHING, **{key: row[key] for key in row if key in NOTHING}, "name": row["file"], "text": text}
    table = result.table
    first = table[0]
    numbers = [{name: row[name] for name in BOX_COLUMNS} for row in table] if result.numbers else []
    return {
        **NOTHING,
        "name": result.file,
        "text": result.text if result.page else None,
        "verdict": str(result.kind) if result.kind else None,
        "confidence": round(result.page.confidence, 4) if result.page and numbers else None,
        "boxes": numbers if result.page else None,
        "error": first["error"],
        "note": first["note"],
    }


class Rows:
    """The rows of a file, in the memory that they take there.

    Args:
        form: "parquet" or "jsonl".
    """

    def __init__(self, form: str) -> None:
        self._waiting: list[dict[str, Any]] = []
        self._lines = io.BytesIO()
        self._table = parquet.ParquetWriter(self._lines, SCHEMA) if form == "parquet" else None

    def add(self, row: dict[str, Any]) -> None:
        """Take the next row, as `row_of` gives it."""
        if self._table is None:
            self._lines.write(json.dumps(row).encode() + b"\n")
            return
        self._waiting.append(row)
        if len(self._waiting) == AT_ONCE:
            self._pack()

    def content(self) -> bytes:
        """What is in the file; no row can be added any more."""
        if self._table is not None:
            self._pack()
            self._table.close()
        return self._lines.getvalue()

    def _pack(self) -> None:
        if self._table is not None and self._waiting:
            self._table.write_table(pa.Table.from_pylist(self._waiting, SCHEMA))
            self._waiting.clear()
