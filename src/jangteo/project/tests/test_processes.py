"""The supervisor with real processes: nothing that it started may outlive it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jangteo.project.processes import Child, Patience, Supervisor
from jangteo.project.tests.endings import SOURCES, children_of, ends_within, pids_below

WAIT = "import signal; print('waits', flush=True); signal.pause()"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('waits', flush=True); signal.pause()"
SUPERVISE = """
import sys
from pathlib import Path
from jangteo.project.processes import Child, Patience, Supervisor
children = [Child(str(n), [sys.executable, "-c", code]) for n, code in enumerate(sys.argv[1:])]
supervisor = Supervisor(children, lambda name, line: print(name, line, flush=True), Patience(grace=0.3))
supervisor.start()
sys.exit(supervisor.run() is not None)
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def supervise(*codes: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*python(SUPERVISE), *codes],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stdout=subprocess.PIPE,
        text=True,
    )


def lines_of(process: subprocess.Popen[str], count: int) -> set[str]:
    assert process.stdout is not None
    return {process.stdout.readline().strip() for _ in range(count)}


def test_every_line_comes_with_the_name_of_its_child() -> None:
    said: list[tuple[str, str]] = []
    code = "import os; os.write(1, b'one\\ntwo \\xff\\n'); os.write(2, '끝'.encode())"
    supervisor = Supervisor([Child("web", python(code))], lambda *line: said.append(line), Patience(restarts=0))
    supervisor.start()
    supervisor.run()

    assert said == [
        ("web", "one"),
        ("web", "two \ufffd"),
        ("web", "끝"),
        ("web", "ended with 0 and is given up after 0 restarts"),
    ]


def test_child_gets_its_environment_on_top_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OURS", "1")
    said: list[tuple[str, str]] = []
    code = "import os; print(os.environ['OURS'], os.environ['ITS'])"
    child = Child("web", python(code), {"ITS": "2"})
    supervisor = Supervisor([child], lambda *line: said.append(line), Patience(restarts=0))
    supervisor.start()
    supervisor.run()

    assert said[0] == ("web", "1 2")


def test_crashing_child_is_started_again_and_then_given_up_with_all_others() -> None:
    said: list[str] = []
    children = [Child("live", python(WAIT)), Child("web", python("raise SystemExit(3)"))]
    patience = Patience(restarts=2, first_delay=0.01)
    supervisor = Supervisor(children, lambda name, line: said.append(f"{name} {line}"), patience)
    others = set(children_of(os.getpid()))
    supervisor.start()
    below = set(children_of(os.getpid())) - others

    assert supervisor.run() == "web"
    assert [line for line in said if line.startswith("web")] == [
        "web ended with 3, starts again in 0.01 s",
        "web ended with 3, starts again in 0.02 s",
        "web ended with 3 and is given up after 2 restarts",
    ]
    assert len(below) == 2
    assert all(ends_within(pid, seconds=0) for pid in below)


def test_child_that_ran_steadily_starts_with_new_patience(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    code = (
        f"import os, pathlib, signal; runs = pathlib.Path({str(runs)!r});"
        "count = len(runs.read_text()) if runs.exists() else 0; runs.write_text('x' * (count + 1));"
        "count < 3 or (os.kill(os.getppid(), signal.SIGTERM), signal.pause())"
    )
    patience = Patience(restarts=1, first_delay=0, steady=0)
    supervisor = Supervisor([Child("web", python(code))], lambda *_: None, patience)
    supervisor.start()

    assert supervisor.run() is None
    assert runs.read_text() == "xxxx"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_every_child(number: signal.Signals) -> None:
    with supervise(WAIT, WAIT) as supervisor:
        assert lines_of(supervisor, 2) == {"0 waits", "1 waits"}
        below = pids_below(supervisor.pid)

        supervisor.send_signal(number)

        assert supervisor.wait(timeout=10) == 0
    assert len(below) == 2
    assert all(ends_within(pid, seconds=0) for pid in below)


def test_child_deaf_to_sigterm_is_killed_after_the_grace() -> None:
    with supervise(WAIT, STUBBORN) as supervisor:
        lines_of(supervisor, 2)
        below = pids_below(supervisor.pid)

        supervisor.terminate()

        assert lines_of(supervisor, 1) == {"1 does not end by itself, killed"}
        assert supervisor.wait(timeout=10) == 0
    assert all(ends_within(pid, seconds=0) for pid in below)


def test_what_a_dead_child_leaves_behind_is_killed() -> None:
    said: list[str] = []
    code = (
        "import subprocess, sys;"
        f"left = subprocess.Popen([sys.executable, '-c', {WAIT!r}], stdout=subprocess.PIPE);"
        "left.stdout.readline(); print(left.pid)"
    )
    supervisor = Supervisor([Child("web", python(code))], lambda _, line: said.append(line), Patience(restarts=0))
    supervisor.start()
    supervisor.run()

    assert ends_within(int(said[0]), seconds=5)


def test_no_child_survives_kill_9_of_the_supervisor() -> None:
    with supervise(WAIT, WAIT) as supervisor:
        lines_of(supervisor, 2)
        below = pids_below(supervisor.pid)

        supervisor.kill()

        assert len(below) == 2
        assert all(ends_within(pid, seconds=10) for pid in below)
