"""Where a server of digitpad's listens: the ports it may have, and what is said of one that it can't have."""

import errno
import os

from digitpad.errors import DigitpadError

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # known by name, not served on
HIGHEST_PORT = 65_535


def port_named(word: str) -> int:
    """The port that a person names at a command line: a `type` for argparse.

    Raises:
        ArgumentTypeError: it is none.
    """
    if not word.isdecimal() or not 1 <= int(word) <= HIGHEST_PORT:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"a port is a number from 1 to {HIGHEST_PORT}, not {word}")
    return int(word)


def address_of(host: str, port: int, path: str = "", scheme: str = "http") -> str:
    """The address of a server as one types it into a browser.

    Args:
        host: where it listens.
        port: of that host.
        path: below the address; empty for none.
        scheme: http or https.
    """
    shown = "localhost" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    path = path.strip("/")
    return f"{scheme}://{shown}:{port}{path and f'/{path}'}"


def check_listening(host: str, port: int, address: str, program: str) -> None:
    """Try whether one can listen at a place.

    Args:
        host: an address of this machine.
        port: of that host.
        address: as `address_of` gives it.
        program: who wants to listen there.

    Raises:
        DigitpadError: one can't.
    """
    import socket  # the command knows this file too, and mostly only reads

    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
            if os.name == "posix":  # as servers do: one that has just ended still holds its port otherwise
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise DigitpadError(
                f"Port {port} is taken. If not by a {program} that runs already, at {address}, choose another one "
                "with --port."
            ) from error
        raise DigitpadError(
            f"The server can't listen at {host}, port {port}: {error.strerror}. Choose others with --address and "
            "--port."
        ) from error
