"""What goes in and out, described for the OpenAPI page and for programs that make a client of it."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from digitpad import Verdict
from digitpad.api.bodies import FORM, JSON, Body
from digitpad.api.limits import MOST_MEGABYTES, MOST_PICTURES
from digitpad.api.replies import BUSY, NOT_UNDERSTOOD, TOO_LARGE, TOO_SLOW, WRONG_KIND

Share = Annotated[float, Field(ge=0, le=1)]
Box = Annotated[list[int], Field(min_length=4, max_length=4, description="left, top, right and bottom, in pixels")]
Size = Annotated[list[int], Field(min_length=2, max_length=2, description="width and height, in pixels")]
BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


class Refused(BaseModel):
    """Why there is no answer."""

    error: Annotated[str, Field(description="what is wrong, and what to do")]


class DigitRow(BaseModel):
    """What was read in one picture, as by `digitpad read --json`."""

    file: str
    digit: Annotated[int | None, Field(ge=0, le=9, description="none where it shows none, or several")]
    verdict: Annotated[Verdict | None, Field(description="none where the picture can't be read")]
    confidence: Annotated[Share | None, Field(description="how probable it is that it shows the likeliest")]
    likeliest: Annotated[
        int | None, Field(ge=0, le=9, description="the digit that it is most like, also where it is none")
    ]
    probabilities: Annotated[
        list[Share] | None,
        Field(min_length=10, max_length=10, description="of the ten digits, if it is one; they sum to 1"),
    ]
    no_digit: Annotated[Share | None, Field(description="how probable it is that it shows none")]
    error: Annotated[str | None, Field(description="why it can't be read")]
    note: Annotated[str | None, Field(description="what of it was not read, such as further pages")]


class Digits(BaseModel):
    """A row for each picture, in their order."""

    model: Annotated[str, Field(description="who read")]
    results: list[DigitRow]


class NumberDigit(BaseModel):
    """One digit of a number."""

    digit: Annotated[int, Field(ge=0, le=9)]
    verdict: Verdict
    confidence: Share
    box: Box


class NumberFound(BaseModel):
    """Digits that stand together."""

    text: str
    read_as: str
    corrected: Annotated[None, Field(description="what a person says it is; nobody has said anything here")]
    verdict: Verdict
    confidence: Share
    box: Box
    by_hand: bool
    digits: list[NumberDigit]


class PageRow(BaseModel):
    """What was read on one page, as by `digitpad read --numbers --json`."""

    file: str
    text: Annotated[str | None, Field(description="numbers apart by a space, rows by a line")]
    verdict: Verdict | None
    size: Size | None
    rows: list[list[NumberFound]]
    others: Annotated[list[Box], Field(description="what is no digit")]
    error: str | None
    note: str | None


class Pages(BaseModel):
    """A row for each page, in their order."""

    model: str
    results: list[PageRow]


class ModelRow(BaseModel):
    """A model, and how well it reads as its card says."""

    name: str
    in_use: Annotated[bool, Field(description="whether it reads where no other is asked for")]
    mnist_test_accuracy: Share | None
    held_out_writers_accuracy: Share | None
    bytes: int


class Models(BaseModel):
    """All models that can read."""

    models: list[ModelRow]


class Health(BaseModel):
    """That all is well."""

    status: str


def _body() -> dict[str, Any]:
    """The schema of pictures in JSON, all in one piece."""
    schema = Body.model_json_schema()
    schema["properties"]["pictures"]["items"] = schema.pop("$defs")["Encoded"]
    return schema


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The descriptions of answers that tell why there is none."""
    return {status: {"model": Refused} for status in statuses}


REFUSALS = refusals(TOO_SLOW, TOO_LARGE, WRONG_KIND, NOT_UNDERSTOOD, BUSY)
TAKES = {
    "requestBody": {
        "required": True,
        "description": f"{MOST_PICTURES} pictures at most, {MOST_MEGABYTES} MB in all.",
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": MOST_PICTURES,
                            "items": BINARY["schema"],
                        }
                    },
                },
            },
            JSON: {"schema": _body()},
            "image/*": BINARY,
            "application/pdf": BINARY,
        },
    }
}
