"""Answers in JSON, and the errors that are told so: {"error": "what is wrong, and what to do"}."""

import json
from collections.abc import Mapping

from starlette.responses import Response

from digitpad.api.limits import MOST_MEGABYTES, RETRY_AFTER

BAD_REQUEST, NOT_FOUND, NOT_ALLOWED, TOO_SLOW, TOO_LARGE = 400, 404, 405, 408, 413
WRONG_KIND, NOT_UNDERSTOOD, BUSY, GONE, BROKEN, NOT_READY = (
    415,
    422,
    429,
    499,
    500,
    503,
)  # the fourth is nginx's, for who left before the answer

TOO_MANY_BYTES = f"The request is larger than {MOST_MEGABYTES} MB. Send fewer pictures at a time, or smaller ones."
TOO_MANY_AT_ONCE = "The server is busy: more pictures wait to be read than it takes. Try again in a moment."
PROGRAM_ERROR = "The program has an error here. The server's log tells more, under this request's id."
AGAIN = {"Retry-After": str(RETRY_AFTER)}


class RequestError(Exception):
    """Why a request is not answered with readings.

    Args:
        status: of HTTP.
        sentence: what is wrong, and what to do.
        headers: of the answer.
    """

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status, self.headers = status, headers

    @property
    def reply(self) -> Response:
        """The answer that tells it."""
        return reply({"error": str(self)}, self.status, self.headers)


def busy() -> RequestError:
    """That the server has enough to do."""
    return RequestError(BUSY, TOO_MANY_AT_ONCE, AGAIN)


def program_error() -> RequestError:
    """That it is not the request that is wrong."""
    return RequestError(BROKEN, PROGRAM_ERROR)


def reply(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer; in ASCII, so that a name that is no text in any encoding can be told too."""
    body = json.dumps(content, separators=(",", ":")).encode()
    return Response(body, status, headers, "application/json")
