"""Start digitpad's web app: the pad in a browser, for this machine alone unless told otherwise."""

import argparse
import contextlib
import ctypes
import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad import __version__
from digitpad.ending import FAILED, end_quietly
from digitpad.errors import DigitpadError, not_installed
from digitpad.listening import address_of, check_listening, port_named

if TYPE_CHECKING:
    import click

APP = Path(__file__).with_name("app.py")
SETTINGS = APP.parent / ".streamlit" / "config.toml"  # Streamlit reads it wherever the app is started from
PORT = 8501
MOST_ARENAS, M_ARENA_MAX = 2, -8  # the latter is glibc's name for it, in malloc.h
MISUSED = 2  # an exit status


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C; the exit status says how it went."""
    chosen, others = _parser().parse_known_args(arguments)
    end_quietly()  # until Streamlit listens to it
    _share_memory()
    try:
        import streamlit.web.cli as of_streamlit  # first: what comes with it means nothing to who lacks it
        from click import ClickException, UsageError
        from streamlit import net_util
    except ModuleNotFoundError as error:
        return _refused(not_installed(error, "the web app", "web"), FAILED)
    # Streamlit would ask a machine of Amazon's for this one's address, whenever a page of somebody else's knocks.
    net_util.get_external_ip = lambda: None
    try:
        context = of_streamlit.main_run.make_context("digitpad-web", [str(APP), *_for_streamlit(chosen), *others])
        if context.params["args"]:
            raise UsageError(f"There is no argument {context.params['args'][0]}.")
        address = _settle(context)
        print(f"digitpad is at {address} and ends with Ctrl-C.", flush=True)
        with context:
            of_streamlit.main_run.invoke(context)
    except ClickException as error:
        return _refused(f"{error.format_message().rstrip('.')}. See digitpad-web --help.", MISUSED)
    except DigitpadError as error:
        return _refused(str(error), FAILED)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="digitpad-web",
        description=__doc__,
        allow_abbrev=False,
        epilog="Streamlit's own options, as in --server.maxUploadSize 5, may follow; streamlit run --help has them.",
    )
    parser.add_argument("--port", type=port_named, help=f"where it listens, {PORT} unless told otherwise")
    parser.add_argument("--address", help="of this machine; 0.0.0.0 lets every machine that reaches this one in")
    parser.add_argument("--path", help="the page's path below the address, behind a proxy: pad for https://…/pad")
    parser.add_argument("--no-browser", action="store_true", help="open no browser; without a screen none is")
    parser.add_argument("--version", action="version", version=f"digitpad {__version__}")
    return parser


def _for_streamlit(chosen: argparse.Namespace) -> list[str]:
    """The options as Streamlit calls them."""
    options = {"port": chosen.port, "address": chosen.address, "baseUrlPath": chosen.path}
    words = [f"--server.{name}={value}" for name, value in options.items() if value is not None]
    return [*words, "--server.headless=true"] if chosen.no_browser else words


def _settle(context: "click.Context") -> str:
    """Decide where to listen, by options, environment and the app's own settings; return the page's address.

    Raises:
        DigitpadError: one can't listen there.
    """
    given = context.params
    host = given["server_address"] or tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["server"]["address"]
    port = given["server_port"] or PORT
    # Streamlit's own words at the start would recommend Streamlit.
    quiet = {"logger_hideWelcomeMessage": True, "logger_level": given["logger_level"] or "warning"}
    given.update(server_address=host, server_port=port, **quiet)
    scheme = "https" if given["server_sslCertFile"] else "http"
    address = address_of(host, port, given["server_baseUrlPath"] or "", scheme)
    check_listening(host, port, address, "digitpad-web")
    return address


def _share_memory() -> None:
    """Let all threads have their memory from the same few arenas, as MALLOC_ARENA_MAX=2 does in the environment.

    Every visitor's click has a thread of its own, and glibc would give many of them an arena, and get little back.
    """
    if sys.platform == "linux" and "MALLOC_ARENA_MAX" not in os.environ:
        with contextlib.suppress(AttributeError):  # another C library, which has no arenas
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, MOST_ARENAS)


def _refused(sentence: str, status: int) -> int:
    print(f"digitpad-web: {sentence}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
