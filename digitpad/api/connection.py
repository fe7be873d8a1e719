"""A connection that does not wait forever for who is slow, and whose every answer is one of ours."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from digitpad.api.limits import MOST_CONNECTIONS, REQUEST_WITHIN
from digitpad.api.replies import BAD_REQUEST, RequestError, busy


class Connection(HttpToolsProtocol):
    """uvicorn's, which by itself waits for the headers of a request for as long as its sender likes."""

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has come."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            self._close_with(busy())
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A part of a request has come."""
        if self._due is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """The application takes over, and waits for the rest."""
        self._wait_no_more()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._close_with(RequestError(BAD_REQUEST, "This is no request of HTTP/1.1. /docs says what is taken."))

    def _wait(self) -> None:
        self._due = self.loop.call_later(REQUEST_WITHIN, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _close_with(self, error: RequestError) -> None:
        reply = error.reply
        reply.headers["Connection"] = "close"
        lines = [f"HTTP/1.1 {reply.status_code} ".encode(), *(b": ".join(header) for header in reply.raw_headers)]
        self.transport.write(b"\r\n".join([*lines, b"", bytes(reply.body)]))
        self.transport.close()
