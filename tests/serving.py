"""The product's own processes, started by tests and killed by them: exactly the commands of `jangteo up`."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jangteo.project.cli.practice import Practice
from jangteo.project.cli.up import Place, children
from jangteo.project.processes import tied_to

HOST = "127.0.0.1"
READY_SECONDS = 30
ENDING_SECONDS = 10


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Served:
    """One process group of an installation: "web", "live" or "worker". Starts on entering a `with`, ends with it.

    `application` serves another entry point than the product's; `environment` is added to ours.
    """

    name: str
    log: Path
    application: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The first process of the group."""
        if self._process is None:
            raise ValueError(f"{self.name} is not running")
        return self._process.pid

    def start(self) -> None:
        """Returns when it accepts connections (a worker: at once)."""
        nothing = Practice(HOST, HOST, None, None, self.port)
        [child] = [c for c in children(Place(HOST, self.port, self.port, None), nothing) if c.name == self.name]
        command = [*child.command[:-1], self.application or child.command[-1]]
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                env={**os.environ, **child.environment, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=tied_to(os.getpid(), signal.SIGTERM),
            )
        if self.name != "worker":
            self._wait_until_it_listens()

    def kill(self) -> None:
        """kill -9 for the whole group, and whoever it had connected is cut off."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end and see to it that it does."""
        if self._process is None:
            return
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDING_SECONDS)
        self._end(signal.SIGKILL)

    def __enter__(self) -> Served:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            process.wait()

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.port), timeout=1):
                return
            time.sleep(0.01)
        raise AssertionError(f"{self.name} does not listen:\n{self.log.read_text(errors='replace')[-4000:]}")


@contextlib.contextmanager
def all_started(served: Collection[Served]) -> Iterator[None]:
    """Start them one after another; stop them all at the end."""
    with contextlib.ExitStack() as stack:
        for one in served:
            stack.enter_context(one)
        yield
