"""The application: its paths, and what is done for each."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp

from digitpad import SAMPLE, __version__
from digitpad.api import metrics
from digitpad.api.answers import REFUSALS, TAKES, Digits, Health, Models, Pages, refusals
from digitpad.api.bodies import files_in, first_of
from digitpad.api.guard import REQUEST_ID, Guard
from digitpad.api.lanes import Lane
from digitpad.api.limits import MOST_FILES_WAITING, MOST_WAITING
from digitpad.api.readers import Readers
from digitpad.api.reading import as_pages, as_pictures, digit_row, page_row, read_digits, read_pages
from digitpad.api.replies import (
    AGAIN,
    GONE,
    NOT_ALLOWED,
    NOT_FOUND,
    NOT_READY,
    NOT_UNDERSTOOD,
    RequestError,
    program_error,
    reply,
)
from digitpad.pad.page_results import PageResult
from digitpad.pad.results import Result

T = TypeVar("T")

READ, NUMBERS, MODELS = "/v1/read", "/v1/numbers", "/v1/models"
Model = Annotated[str | None, Query(description="who reads, by the names of /v1/models", max_length=500)]
Chosen = Annotated[
    str, Query(alias="pages", description="which pages of each file are read, as 1,3-5", max_length=500)
]


@dataclass(frozen=True)
class Settings:
    """What the person who starts the server chose.

    Attributes:
        model: who reads where no other is asked for, by name or path; None for the one in use.
        origins: the web pages, by scheme and host, whose scripts may ask this server.
    """

    model: str | None = None
    origins: tuple[str, ...] = ()


class Readings:
    """All that the server reads with: the models, and a lane for digits and one for numbers."""

    def __init__(self, settings: Settings) -> None:
        self.readers = Readers(settings.model)
        self.digits: Lane[Result] = Lane(read_digits, at_once=32, room=MOST_WAITING)
        self.numbers: Lane[PageResult] = Lane(read_pages, at_once=1, room=MOST_FILES_WAITING)
        # What is loaded when it is first needed is there before the first request is.
        own, sample = self.readers.named(None)[1], [("", SAMPLE.read_bytes())]
        read_digits(own, list(as_pictures(sample)))
        read_pages(own, list(as_pages(sample, "")))

    @property
    def is_alive(self) -> bool:
        """Whether both lanes are read."""
        return self.digits.is_alive and self.numbers.is_alive

    @property
    def is_full(self) -> bool:
        """Whether there is a lane that takes no more for now."""
        return self.digits.is_full or self.numbers.is_full

    def close(self) -> None:
        """Let the lanes end."""
        self.digits.close()
        self.numbers.close()


def create(settings: Settings) -> ASGIApp:
    """The application, with all that stands before it.

    Raises:
        ModelError: the chosen model is missing or broken.
    """
    readings = Readings(settings)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        readings.close()

    api = FastAPIOffline(
        redoc_url=None,
        title="digitpad",
        description="Reads handwritten digits, and rows of them, from pictures.",
        version=__version__,
        lifespan=lifespan,
        swagger_ui_oauth2_redirect_url="/docs/oauth2-redirect",
    )
    _add_paths(api, readings)
    _add_errors(api)
    guarded: ASGIApp = Guard(api, {READ, NUMBERS, MODELS})
    if settings.origins:
        guarded = CORSMiddleware(
            guarded,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["*"],
            expose_headers=[REQUEST_ID, "Retry-After"],
        )
    return guarded


def _add_paths(api: FastAPI, readings: Readings) -> None:
    @api.post(
        READ,
        summary="Read one digit in each picture",
        responses={200: {"model": Digits}, **REFUSALS},
        openapi_extra=TAKES,
    )
    async def read(request: Request, model: Model = None) -> Response:
        name, recognizer = readings.readers.named(model)
        files = await files_in(request)
        results = await readings.digits.ask(recognizer, as_pictures(files), len(files))
        for result in results:
            metrics.count_picture("digit", result.kind)
        return _answer(name, [digit_row(result) for result in results])

    @api.post(
        NUMBERS,
        summary="Read the numbers on each page",
        responses={200: {"model": Pages}, **REFUSALS},
        openapi_extra=TAKES,
    )
    async def numbers(request: Request, model: Model = None, chosen: Chosen = "") -> Response:
        name, recognizer = readings.readers.named(model)
        files = await files_in(request)
        asked = readings.numbers.ask(recognizer, as_pages(files, chosen), len(files))
        results = await _unless_gone(request, asked)
        for result in results:
            metrics.count_picture("numbers", result.kind)
        return _answer(name, [page_row(result) for result in results])

    @api.get(MODELS, summary="Which models can read, and how well", responses={200: {"model": Models}})
    async def models() -> Response:
        return reply({"models": readings.readers.rows()})

    @api.get(
        "/health/live", summary="Whether the server works", responses={200: {"model": Health}, **refusals(NOT_READY)}
    )
    async def live() -> Response:
        if not readings.is_alive:
            raise RequestError(NOT_READY, "Nobody reads any more. Start the server again.")
        return reply({"status": "ok"})

    @api.get(
        "/health/ready",
        summary="Whether it takes pictures now",
        responses={200: {"model": Health}, **refusals(NOT_READY)},
    )
    async def ready() -> Response:
        if readings.is_full or not readings.is_alive:
            raise RequestError(NOT_READY, "As many pictures wait as the server takes.", AGAIN)
        return reply({"status": "ok"})

    @api.get(
        "/metrics",
        summary="For Prometheus",
        response_class=Response,
        responses={200: {"content": {"text/plain": {}}}},
    )
    async def exposed() -> Response:
        body, kind = metrics.exposed()
        return Response(body, headers={"Content-Type": kind})


def _add_errors(api: FastAPI) -> None:
    @api.exception_handler(RequestError)
    async def refused(_: Request, error: RequestError) -> Response:
        return error.reply

    @api.exception_handler(ClientDisconnect)
    async def gone(_: Request, __: ClientDisconnect) -> Response:
        return Response(status_code=GONE)  # nobody gets it, but it is counted

    @api.exception_handler(Exception)
    async def broken(_: Request, __: Exception) -> Response:
        return program_error().reply  # what is wrong the guard writes down

    @api.exception_handler(RequestValidationError)
    async def not_valid(_: Request, error: RequestValidationError) -> Response:
        return RequestError(NOT_UNDERSTOOD, f"The address is not as expected: {first_of(error.errors())}").reply

    @api.exception_handler(HTTPException)
    async def of_http(request: Request, error: HTTPException) -> Response:
        path, sentence = request.url.path, str(error.detail)
        if error.status_code == NOT_FOUND:
            sentence = f"There is nothing at {path}. /docs says what there is."
        elif error.status_code == NOT_ALLOWED:
            sentence = f"{path} does not take {request.method}. /docs says what it takes."
        return RequestError(error.status_code, sentence, error.headers).reply


def _answer(model: str, rows: list[dict[str, Any]]) -> Response:
    """The rows; of a single picture that can't be read, why not."""
    if len(rows) == 1 and rows[0]["error"]:
        raise RequestError(NOT_UNDERSTOOD, rows[0]["error"])
    return reply({"model": model, "results": rows})


async def _unless_gone(request: Request, asked: Coroutine[Any, Any, T]) -> T:
    """What is asked for, unless who wants it leaves before; what takes long is then given up.

    Raises:
        ClientDisconnect: they have left.
    """
    asking, leaving = asyncio.ensure_future(asked), asyncio.ensure_future(request.receive())
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            return asking.result()
        raise ClientDisconnect
    finally:
        asking.cancel()
        leaving.cancel()
