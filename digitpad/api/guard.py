"""What stands before all else: an id for each request, limits on what comes in, and errors of the program."""

import asyncio
import contextlib
import logging
import re
import time
import uuid
from collections.abc import Callable, Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digitpad.api import metrics
from digitpad.api.limits import BODY_WITHIN, MOST_BYTES, MOST_HELD
from digitpad.api.replies import BROKEN, TOO_LARGE, TOO_MANY_BYTES, TOO_SLOW, RequestError, busy, program_error

REQUEST_ID = "X-Request-ID"
OWN_ID = re.compile(rb"[A-Za-z0-9._:/+=-]{1,128}")  # others are not repeated, to answers or the log
LATE = f"The request did not come whole within {BODY_WITHIN:.0f} s."
log = logging.getLogger("digitpad.api")


class Guard:
    """The application, with limits on what comes in, and an id on each answer.

    Args:
        app: takes the requests that pass.
        paths: that are counted by their own name.
    """

    def __init__(self, app: ASGIApp, paths: Collection[str]) -> None:
        self._app = app
        self._paths = frozenset(paths)
        self._held = 0  # bytes of requests that are being taken in or read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = _Guarded(scope, receive, send)
        try:
            await request.run(self._app, self._hold)
        finally:
            self._held -= request.held
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            metrics.count_request(path if path in self._paths else metrics.OTHER, request.status, request.seconds)

    def _hold(self, count: int) -> None:
        """Count bytes that came.

        Raises:
            RequestError: those of all requests are too many.
        """
        if self._held + count > MOST_HELD:
            raise busy()
        self._held += count


class _Guarded:
    """One request."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._take, self._give = scope, receive, send
        headers = dict(scope["headers"])
        own = headers.get(REQUEST_ID.lower().encode(), b"")
        self.id = own if OWN_ID.fullmatch(own) else uuid.uuid4().hex.encode()
        self._claimed = int(length) if (length := headers.get(b"content-length", b"")).isdigit() else 0
        self._waits_for_leave = b"expect" in headers  # with its body, until the first of it is asked for
        self._is_all_here = False
        self.held = 0
        self.status = BROKEN
        self._began = time.perf_counter()
        self._has_begun_to_answer = False
        self._hold: Callable[[int], None]

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.perf_counter() - self._began

    async def run(self, app: ASGIApp, hold: Callable[[int], None]) -> None:
        """Have it answered, or refuse it."""
        self._hold = hold
        try:
            if self._claimed > MOST_BYTES:
                raise RequestError(TOO_LARGE, TOO_MANY_BYTES)
            await app(self._scope, self._receive, self._send)
        except RequestError as error:
            await self._refuse(error)
        except Exception:
            log.exception("Request %s", self.id.decode())
            await self._refuse(program_error())

    async def _receive(self) -> Message:
        if self._is_all_here:
            return await self._take()
        self._waits_for_leave = False
        try:
            async with asyncio.timeout(self._left):
                message = await self._take()
        except TimeoutError:
            raise RequestError(TOO_SLOW, LATE) from None
        if message["type"] == "http.request":
            self._is_all_here = not message.get("more_body", False)
            count = len(message.get("body", b""))
            if self.held + count > MOST_BYTES:
                raise RequestError(TOO_LARGE, TOO_MANY_BYTES)
            self._hold(count)
            self.held += count
        return message

    @property
    def _left(self) -> float:
        return max(0.0, BODY_WITHIN - self.seconds)

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self._has_begun_to_answer = message["status"], True
            headers = [*message.get("headers", []), (REQUEST_ID.lower().encode(), self.id)]
            if not await self._is_read():
                headers.append((b"connection", b"close"))
            message = {**message, "headers": headers}
        await self._give(message)

    async def _refuse(self, error: RequestError) -> None:
        if not self._has_begun_to_answer:
            await error.reply(self._scope, self._receive, self._send)

    async def _is_read(self) -> bool:
        """Let pass what still comes, and keep nothing of it: many clients read no answer before they have sent all.

        Returns:
            whether all has come.
        """
        if self._is_all_here or self._waits_for_leave:
            return self._is_all_here
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._left):
                while (message := await self._take())["type"] == "http.request":
                    if not message.get("more_body", False):
                        return True
        return False
