"""What `digitpad` takes on the command line, and how it ends."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

from digitpad import DigitpadError, __version__
from digitpad.ending import FAILED, INTERRUPTED, loading
from digitpad.files import path_of
from digitpad.listening import port_named

MOST_WORKERS = 1024  # processes
NOBODY_READS = 141  # what shells give for a pipe that was closed


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; the exit status says how it went."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a file's name may be no text in any encoding
    parser = _parser()
    try:
        with loading():
            asked = parser.parse_args(arguments)
            if asked.command is None:
                parser.error("say what to do: read, models, use, export, serve or cluster")
            act = _loaded(asked)
        status = act()
        sys.stdout.flush()
    except DigitpadError as error:
        print(f"digitpad: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # `head`, say, has seen enough
        _forget_output()
        return NOBODY_READS
    except OSError as error:  # the disk is full, say: of what is read the recognizer speaks
        _forget_output()
        print(f"digitpad: The output can't be written: {error.strerror}. Send it elsewhere.", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="digitpad", description="Read handwritten digits from pictures.")
    parser.add_argument("--version", action="version", version=f"digitpad {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    read = commands.add_parser(
        "read",
        help="read the digits in pictures",
        description="Read the digit in each picture, or the numbers on each page. "
        "The exit status is 1 where one could not be read.",
    )
    read.add_argument(
        "files",
        nargs="+",
        type=_named,
        metavar="FILE",
        help="a picture or PDF, a folder of them, or - for standard input",
    )
    read.add_argument("--numbers", action="store_true", help="read the numbers on each page, row by row")
    read.add_argument("--pages", default="", metavar="1,3-5", help="which pages of PDF and TIFF files are read")
    form = read.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="a line of JSON for each picture")
    form.add_argument("--csv", action="store_true", help="the table as CSV, as the apps save it")
    read.add_argument("--model", metavar="NAME", help="who reads: a model's name, or the path of its folder")
    read.add_argument("--hand", type=path_of, metavar="FILE", help="read by what an app was taught, and saved")
    models = commands.add_parser(
        "models", help="say which models there are", description="Say which models there are."
    )
    models.add_argument("--json", action="store_true", help="a line of JSON for each model")
    _add_cluster(commands)
    use = commands.add_parser("use", help="choose the model that reads", description="Choose the model that reads.")
    use.add_argument("name", metavar="NAME", help="its name, or the path of its folder")
    _add_export(commands)
    _add_serve(commands)
    return parser


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser(
        "export",
        help="write a model for other programs",
        description="Write a model for other programs into a new folder, with a card that says how to call it.",
    )
    export.add_argument("name", metavar="MODEL", help="its name, or the path of its folder or file")
    export.add_argument("--format", required=True, choices=("onnx", "savedmodel", "litert", "keras"), help="for what")
    export.add_argument(
        "--check", action="store_true", help="read 1,000 digits with it again, and say how far it differs"
    )
    export.add_argument("--data", type=path_of, metavar="DIR", help="the folder that has MNIST's digits, for --check")
    export.add_argument(
        "--out", type=path_of, metavar="DIR", help="a new folder (default: MODEL-FORMAT in the current one)"
    )


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser(
        "serve",
        help="read pictures that come over HTTP",
        description="Read pictures that come over HTTP, for this machine alone unless told otherwise, until Ctrl-C.",
    )
    serve.add_argument("--port", type=port_named, default=8500, help="where it listens (default: 8500)")
    serve.add_argument(
        "--address",
        default="127.0.0.1",
        help="of this machine; 0.0.0.0 lets every machine that reaches this one in (default: 127.0.0.1)",
    )
    serve.add_argument("--path", default="", help="below which a proxy shows it: digits for https://…/digits")
    serve.add_argument("--workers", type=_count, default=1, metavar="N", help="how many processes read (default: 1)")
    serve.add_argument("--model", metavar="NAME", help="who reads unless a request names another, by name or path")
    serve.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="URL",
        help="a web page whose scripts may ask, as https://example.org; can be given several times",
    )


def _add_cluster(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    cluster = commands.add_parser(
        "cluster", help="read in bulk, on Ray", description="Read pictures by the million, on Ray."
    )
    read = cluster.add_subparsers(dest="action", metavar="ACTION", required=True).add_parser(
        "read",
        help="read all pictures of a place, and go on where an earlier run was stopped",
        description="Read all pictures of a place on all cores or on a cluster, and write a row for each. The same "
        "command goes on where it was stopped. The exit status is 1 where a shard could not be read.",
    )
    read.add_argument(
        "input",
        type=_named,
        metavar="INPUT",
        help='a folder, a file, or a pattern in quotes such as "shards/*.tar", of pictures, tar and zip archives and '
        "Parquet files; also an address such as s3://bucket/scans",
    )
    read.add_argument("output", type=_named, metavar="OUTPUT", help="a folder for the rows, or an address")
    read.add_argument("--numbers", action="store_true", help="read the numbers on each page, row by row")
    read.add_argument("--model", metavar="NAME", help="who reads: a model's name, or the path of its folder")
    read.add_argument("--address", metavar="HOST:PORT", help='a Ray cluster; "auto" for the one of this machine')
    read.add_argument("--format", choices=("parquet", "jsonl"), default="parquet", help="of the rows")


def _named(word: str) -> str:
    """What a person named, as it was written: - is standard input, and ./- is a file."""
    path_of(word)
    return word


def _count(word: str) -> int:
    if not word.isdecimal() or not 1 <= int(word) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_WORKERS} is expected, not {word}")
    return int(word)


def _loaded(asked: argparse.Namespace) -> Callable[[], int]:
    """What was asked for, ready; each loads only what it needs: reading one picture starts as fast as in Python."""
    if asked.command == "read":
        from digitpad.command.reading import read

        form = "json" if asked.json else "csv" if asked.csv else "table"
        return partial(read, asked.files, asked.model, form, asked.numbers, asked.pages, asked.hand)
    if asked.command == "export":
        from digitpad.command.exporting import ready

        return ready(asked.name, asked.format, asked.out, asked.check, asked.data)
    if asked.command == "serve":
        from digitpad.command.serving import server

        return server(asked)
    if asked.command == "cluster":
        from digitpad.command.cluster import read_in_bulk

        options = asked.input, asked.output, asked.numbers, asked.model, asked.address, asked.format
        return partial(read_in_bulk, *options)
    from digitpad.command.models import show_models, use

    return partial(use, asked.name) if asked.command == "use" else partial(show_models, asked.json)


def _forget_output() -> None:
    """Or Python would try to write what is left at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
