"""The pictures in the body of a request: the picture itself, a form with files, or JSON with base64."""

import base64
import binascii
import logging
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from digitpad.api.limits import MOST_BYTES, MOST_PICTURES
from digitpad.api.replies import NOT_UNDERSTOOD, WRONG_KIND, RequestError

logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # it would log parts of a form that it can't read

FORM, JSON = "multipart/form-data", "application/json"
PICTURES = ("image/", "application/pdf", "application/octet-stream")
WAYS = (
    f"Send a picture as it is with a Content-Type such as image/png, one or more as {FORM}, or as {JSON}; /docs says "
    "more."
)
DATA_URL = "data:"  # as a browser's canvas gives it: data:image/png;base64,iVBO…

File = tuple[str, bytes]  # its name, which may be empty, and what is in it


class Encoded(BaseModel):
    """A picture in JSON."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, Field(max_length=500, description="what its row is called")] = ""
    base64: Annotated[str, Field(min_length=1, description="the file in base64, also as a data: URL")]


class Body(BaseModel):
    """Pictures in JSON."""

    model_config = ConfigDict(extra="forbid", strict=True)

    pictures: Annotated[list[Encoded], Field(min_length=1, max_length=MOST_PICTURES)]


async def files_in(request: Request) -> list[File]:
    """The files that a request brings.

    Raises:
        RequestError: it brings none, too many, or comes in a way that is not understood.
    """
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":
        raise RequestError(WRONG_KIND, f"A request that is packed ({encoding}) is not unpacked. Send it as it is.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith(PICTURES):
        return _one(await request.body())
    if kind == FORM:
        return await _in_form(request)
    if kind == JSON:
        return _in_json(await request.body())
    raise RequestError(WRONG_KIND, f"{kind or 'A request without a Content-Type'} is not understood. {WAYS}")


def _one(body: bytes) -> list[File]:
    if not body:
        raise RequestError(NOT_UNDERSTOOD, f"The request has no body. {WAYS}")
    return [("", body)]


class _Form(MultiPartParser):
    """A form all of which stays in memory, and which tells whether it came to its end."""

    spool_max_size = MOST_BYTES
    is_whole = False

    def on_end(self) -> None:
        self.is_whole = True


async def _in_form(request: Request) -> list[File]:
    form = _Form(request.headers, request.stream(), max_files=MOST_PICTURES, max_fields=MOST_PICTURES)
    try:
        fields = (await form.parse()).multi_items()
    except MultiPartException as error:
        raise RequestError(NOT_UNDERSTOOD, f"The form can't be read: {error.message.rstrip('.')}. {WAYS}") from error
    if not form.is_whole:
        raise RequestError(NOT_UNDERSTOOD, "The form is cut off: its last line, the closing boundary, is missing.")
    files: list[File] = []
    for name, field in fields:
        if isinstance(field, str):
            raise RequestError(
                NOT_UNDERSTOOD,
                f"The form's field {name} is text, not a file. With curl, write -F {name}=@seven.png, with an @.",
            )
        files.append((field.filename or "", await field.read()))
    if not files:
        raise RequestError(NOT_UNDERSTOOD, f"There is no file in the form. {WAYS}")
    return files


def _in_json(body: bytes) -> list[File]:
    try:
        pictures = Body.model_validate_json(body).pictures
    except ValidationError as error:
        raise RequestError(NOT_UNDERSTOOD, f"The JSON is not as expected: {first_of(error.errors())}") from error
    return [(picture.name, _decoded(picture.base64, place)) for place, picture in enumerate(pictures)]


def _decoded(text: str, place: int) -> bytes:
    if text.startswith(DATA_URL):
        text = text.partition(",")[2]
    try:
        return base64.b64decode("".join(text.split()), validate=True)  # some programs break it into lines
    except (binascii.Error, ValueError) as error:
        raise RequestError(NOT_UNDERSTOOD, f"pictures.{place}.base64 is no base64: {error}.") from error


def first_of(errors: Sequence[Mapping[str, Any]]) -> str:
    """The first thing that pydantic has to say of what came, as the end of a sentence."""
    first = errors[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{f'{place}: ' if place else ''}{str(first['msg']).rstrip('.')}."
