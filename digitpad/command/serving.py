"""`digitpad serve`: the recognizer over HTTP."""

from argparse import Namespace
from collections.abc import Callable
from functools import partial

from digitpad.errors import DigitpadError, not_installed


def server(asked: Namespace) -> Callable[[], int]:
    """What serves, ready to.

    Raises:
        DigitpadError: what it needs is not installed.
    """
    try:
        from digitpad.api.app import Settings
        from digitpad.api.server import serve
    except ModuleNotFoundError as error:
        raise DigitpadError(not_installed(error, "digitpad serve", "api")) from error
    settings = Settings(asked.model, tuple(asked.allow_origin))
    return partial(serve, settings, asked.address, asked.port, asked.path, asked.workers)
