"""`digitpad serve` as a person at a terminal meets it, and how it ends."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from waiting import is_alive, until

from digitpad import SAMPLE

from .conftest import serving

PROGRAM = Path(sys.executable).with_name("digitpad")


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, "serve", *arguments], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--port", "0"], "a port is a number from 1 to 65535, not 0"),
        (["--workers", "none"], "a number from 1 to 1024 is expected, not none"),
        (["--address", "192.0.2.1"], "The server can't listen at 192.0.2.1, port 8500"),
        (["--model", "nobody"], "There is no model 'nobody', and no folder or file of that name."),
    ],
)
def test_what_cannot_work_is_refused_in_one_sentence(arguments, says):
    done = run(*arguments)
    assert done.returncode in (1, 2)
    assert says in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said(server):
    port = server.address.rpartition(":")[2]
    done = run("--port", port)
    assert done.returncode == 1
    assert done.stderr.startswith(f"digitpad: Port {port} is taken. If not by a digitpad serve that runs already")


def test_without_what_it_needs_one_is_told_how_to_get_it():
    program = "import sys; sys.modules['fastapi'] = None\n"
    program += "from digitpad.command.main import main; sys.exit(main(['serve']))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("digitpad: fastapi is not installed, and digitpad serve needs it.")
    assert 'pip install "digitpad[api]"' in done.stderr


def test_it_listens_on_this_machine_alone(server):
    open_at = {
        found.laddr.ip
        for found in psutil.Process(server.process.pid).net_connections()
        if found.status == psutil.CONN_LISTEN
    }
    assert open_at == {"127.0.0.1"}


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_who_is_being_answered_when_it_is_told_to_end_gets_the_answer(by, tmp_path):
    slow = "import time\nfrom digitpad.api import app\nread = app.read_digits\n"
    slow += "app.read_digits = lambda *given: (time.sleep(1), read(*given))[1]"
    with serving(tmp_path, changes=slow) as server, ThreadPoolExecutor() as beside:
        asked = beside.submit(server.post, "/v1/read", files={"file": SAMPLE.read_bytes()})
        time.sleep(0.5)  # it is being read by now, or will be
        assert server.end(by) == 0
        assert asked.result().json()["results"][0]["digit"] == 7
        assert server.log.read_text().count("\n") == 1


def test_several_processes_answer_count_together_and_end_with_the_first(tmp_path):
    with serving(tmp_path, "--workers", "2") as server:
        workers = until(
            lambda: [
                child.pid
                for child in psutil.Process(server.process.pid).children()
                if "spawn_main" in " ".join(child.cmdline())
            ]
        )
        assert len(workers) == 2
        with ThreadPoolExecutor(8) as people:
            answers = list(
                people.map(lambda _: server.post("/v1/read", files={"file": SAMPLE.read_bytes()}), range(40))
            )
        assert [answer.json()["results"][0]["digit"] for answer in answers] == [7] * 40
        counts = {server.get("/metrics").text.split('verdict="digit"} ')[1].split("\n")[0] for _ in range(8)}
        assert counts == {"40.0"}
        server.end(signal.SIGKILL)
        until(lambda: not any(map(is_alive, workers)))
