"""`digitpad-web` as a person at a terminal meets it, in a folder that knows nothing of digitpad."""

import itertools
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from browsing import canvas, digit, draw, go_to, stand_still, visit
from playwright.sync_api import Page, expect
from serving import COMMAND, served
from waiting import SECONDS, until
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from digitpad import __version__
from digitpad_web.command import APP
from digitpad_web.measuring.server import free_port, is_well

# Notes what the server connects to, or asks a name's address of: Python loads it before anything else.
LISTENER = """
import sys

def hear(event, details):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        with open(__file__ + ".heard", "a") as notes:
            print(event, details[:2] if event == "socket.getaddrinfo" else details[1:], file=notes)

sys.addaudithook(hear)
"""
LOOPBACK = {"127.0.0.1", "::1"}
ARENA = 64 << 20  # bytes


def run(folder, *arguments, **options):
    return subprocess.run([*COMMAND, *arguments], cwd=folder, capture_output=True, text=True, **options)


def listening(process: psutil.Process) -> set[str]:
    """The addresses that it lets others connect to."""
    return {found.laddr.ip for found in process.net_connections() if found.status == psutil.CONN_LISTEN}


def arenas(process: psutil.Process) -> int:
    """How many parts of the memory threads have for themselves: glibc reserves 64 MB for each, and uses a part."""
    lines = Path(f"/proc/{process.pid}/maps").read_text().splitlines()
    maps = [(*(int(end, 16) for end in line.split()[0].split("-")), line.split()[1]) for line in lines]
    return sum(
        (used, kept) == ("rw-p", "---p") and start % ARENA == 0 and middle == after and end == start + ARENA
        for (start, middle, used), (after, end, kept) in itertools.pairwise(maps)
    )


def servers_process(address: str) -> psutil.Process:
    """The one that listens there."""
    port = urlsplit(address).port
    [process] = [
        child
        for child in psutil.Process().children(recursive=True)
        if any(found.laddr.port == port for found in child.net_connections() if found.status == psutil.CONN_LISTEN)
    ]
    return process


def test_help_and_version_come_without_streamlit(tmp_path):
    program = "import sys\nfrom digitpad_web.command import main\ntry: main(sys.argv[1:])\n"
    program += "except SystemExit: assert 'streamlit' not in sys.modules"
    for option, shown in (("--help", "--address"), ("--version", f"digitpad {__version__}")):
        done = subprocess.run([sys.executable, "-c", program, option], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert shown in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--port", "0"], "a port is a number from 1 to 65535, not 0"),
        (["--port", "web"], "a port is a number from 1 to 65535, not web"),
        (["--colour", "red"], "No such option '--colour'"),
        (["--server.maxUploadSize", "many"], "'many' is not a valid integer"),
        (["draw"], "There is no argument draw"),
        (["--address", "nowhere.invalid"], "can't listen at nowhere.invalid"),
        (["--address", "192.0.2.1"], "can't listen at 192.0.2.1"),
    ],
)
def test_what_cannot_work_is_refused_in_one_sentence(arguments, says, tmp_path):
    done = run(tmp_path, *arguments)
    assert done.returncode in (1, 2)
    assert says in done.stderr
    assert "digitpad-web: " in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_a_port_that_is_taken_is_said_and_where_to_look(address, tmp_path):
    port = str(urlsplit(address).port)
    done = run(tmp_path, "--port", port)
    assert done.returncode == 1
    assert re.fullmatch(rf"digitpad-web: Port {port} is taken\. .*http://localhost:{port}.* --port\.\n", done.stderr)


def test_without_streamlit_one_is_told_how_to_get_it(tmp_path):
    program = "import sys; sys.modules['click'] = sys.modules['streamlit'] = None\n"
    program += "from digitpad_web.command import main; sys.exit(main([]))"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("digitpad-web: streamlit is not installed")
    assert 'pip install "digitpad[web]"' in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("at_once", [True, False], ids=["while it starts", "while it serves"])
def test_ctrl_c_ends_it_quietly(at_once, tmp_path):
    port = free_port()
    with subprocess.Popen(
        [*COMMAND, "--no-browser", "--port", str(port)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout.readline() == f"digitpad is at http://localhost:{port} and ends with Ctrl-C.\n"
        if not at_once:
            until(lambda: is_well(f"http://localhost:{port}"), server.stdout.read, server)
        server.send_signal(signal.SIGINT)
        said = server.communicate(timeout=SECONDS)[0]
    assert server.returncode in ((0, -signal.SIGINT) if at_once else (0,))
    assert said.strip() in ("", "Stopping...")


def test_it_listens_on_this_machine_alone(address):
    assert listening(servers_process(address)) <= LOOPBACK


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' memory has no arenas")
def test_the_threads_of_all_visitors_share_their_memory(browser, tmp_path):
    with served(tmp_path) as own, visit(browser) as context:
        for _ in range(3):
            visitor = context.new_page()
            visitor.goto(own)
            expect(canvas(visitor)).to_be_visible()
        assert arenas(servers_process(own)) <= 1  # beside the first, which lies elsewhere


def test_nothing_leaves_the_server_nor_the_page(page: Page, tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(LISTENER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    folder = tmp_path / "empty"
    folder.mkdir()
    with served(folder) as address:
        page.goto(address)
        expect(canvas(page)).to_be_visible()
        stand_still(page)
        draw(page, 7)
        expect(digit(page)).to_have_text("7")
        for name in ("Pictures", "Models"):
            go_to(page, name)
            expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        expect(page.get_by_text("Deploy")).to_have_count(0)
        # A page of somebody else's, open in the same browser, knocks: it is turned away without asking anybody.
        with pytest.raises(InvalidStatus):
            connect(f"ws{address.removeprefix('http')}/_stcore/stream", origin="http://192.0.2.7").close()
    own = urlsplit(address).netloc
    assert {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} == {own}
    heard = (tmp_path / "sitecustomize.py.heard").read_text().splitlines()
    assert heard  # it listens to itself at least
    assert not [line for line in heard if not re.search(r"127\.0\.0\.1|localhost|'::1'|8\.8\.8\.8", line)]


def test_streamlit_itself_finds_the_same_settings_wherever_it_is_started(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.headless", "true"]
    nobody = os.environ | {"HOME": str(tmp_path)}
    with subprocess.Popen(
        [*command, "--server.port", str(port)], cwd=tmp_path, env=nobody, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            open_at = until(lambda: listening(psutil.Process(server.pid)), program=server)
        finally:
            server.terminate()
        said = server.communicate(timeout=SECONDS)[0]
    assert open_at <= LOOPBACK
    assert "usage" not in said.lower()
