"""Keeps the processes of one installation together: they start, restart and stop as one."""

from __future__ import annotations

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import TypeAlias

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_Handler: TypeAlias = Callable[[int, FrameType | None], object] | int | signal.Handlers | None


def tied_to(parent: int, with_signal: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` after which the kernel sends `with_signal` to the new process when `parent` dies, even by kill -9.

    Linux counts the thread that forked as the parent: start such processes from the main thread only.
    """

    def tie() -> None:
        if sys.platform == "linux":
            _LIBC.prctl(_PR_SET_PDEATHSIG, with_signal)
        # The parent may have died between fork and prctl; then nobody would send the signal.
        if os.getppid() != parent:
            os._exit(1)

    return tie


@dataclass(frozen=True, slots=True)
class Child:
    """One process to keep up. `environment` is added to ours."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to bear with children, in seconds.

    A child that ends is started again after `first_delay`, then twice that, and so on; after `restarts` times without
    `steady` seconds of running in between it is given up. `grace` is the time to end by itself after SIGTERM.
    """

    restarts: int = 5
    first_delay: float = 0.5
    steady: float = 60.0
    grace: float = 10.0


@dataclass(slots=True)
class _Running:
    child: Child
    process: subprocess.Popen[bytes]
    started: float
    restarts: int = 0
    unfinished_line: bytes = b""


class Supervisor:
    """Runs children, hands every line that they print to `say(name, line)` and leaves none behind.

    Each child leads a session of its own, so a Ctrl-C in the terminal reaches only us and we stop them in order; what
    a dead child leaves in its process group is killed. Used from the main thread, one supervisor a process.
    """

    def __init__(
        self, children: Sequence[Child], say: Callable[[str, str], None], patience: Patience | None = None
    ) -> None:
        self._children = children
        self._say = say
        self._patience = patience or Patience()
        self._selector = selectors.DefaultSelector()
        self._running: dict[str, _Running] = {}
        self._due: list[tuple[float, Child, int]] = []
        self._signals = 0
        self._stopping = False
        self._given_up: str | None = None
        self._wake: tuple[int, int] | None = None
        self._old_handlers: dict[signal.Signals, _Handler] = {}

    @property
    def stopping(self) -> bool:
        """True once a stop was asked for or a child was given up."""
        return self._stopping or self._signals > 0 or self._given_up is not None

    def start(self) -> None:
        """Start every child. From here on SIGINT, SIGTERM and SIGHUP mean stop."""
        self._catch_signals()
        for child in self._children:
            self._spawn(child, restarts=0)

    def step(self, timeout: float) -> None:
        """Pass on output, notice ended children, start those that are due; takes `timeout` seconds at most."""
        now = time.monotonic()
        soonest = min((when for when, _, _ in self._due), default=now + timeout)
        for key, _ in self._selector.select(max(0.0, min(timeout, soonest - now))):
            if key.data is None:
                os.read(key.fd, 4096)
            else:
                self._pass_on(key.data)
        for running in list(self._running.values()):
            if _has_ended(running.process):
                self._bury(running)
        self._start_what_is_due()

    def run(self, meanwhile: Callable[[], object] = lambda: None, every: float = 5.0) -> str | None:
        """Serve until told to stop, then stop all; call `meanwhile` at least `every` so many seconds.

        Returns the name of the child that would not stay up, else None.
        """
        try:
            while not self.stopping:
                self.step(timeout=every)
                meanwhile()
        finally:
            self.stop()
        return self._given_up

    def stop(self) -> None:
        """Stop every child and wait for its end; a second signal from the terminal skips the waiting."""
        self._stopping = True
        self._due.clear()
        asked = self._signals
        for running in self._running.values():
            _signal(running.process.pid, signal.SIGTERM)
        self._wait_for_all(until=lambda: self._signals > asked)
        for running in self._running.values():
            self._say(running.child.name, "does not end by itself, killed")
            _signal_group(running.process.pid, signal.SIGKILL)
        self._wait_for_all(until=lambda: False)
        self._release_signals()

    def _wait_for_all(self, until: Callable[[], bool]) -> None:
        deadline = time.monotonic() + self._patience.grace
        while self._running and not until() and (left := deadline - time.monotonic()) > 0:
            self.step(timeout=left)

    def _spawn(self, child: Child, restarts: int) -> None:
        process = subprocess.Popen(
            child.command,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **child.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=tied_to(os.getpid(), signal.SIGTERM),
        )
        running = _Running(child, process, started=time.monotonic(), restarts=restarts)
        self._running[child.name] = running
        os.set_blocking(_output_of(process), False)
        self._selector.register(_output_of(process), selectors.EVENT_READ, running)

    def _pass_on(self, running: _Running) -> None:
        """Hand over the complete lines that are there; at the end of the output also the last, unfinished one."""
        output = _output_of(running.process)
        with contextlib.suppress(BlockingIOError):
            while block := os.read(output, 65536):
                *lines, running.unfinished_line = (running.unfinished_line + block).split(b"\n")
                for line in lines:
                    self._say(running.child.name, line.decode(errors="replace"))
            self._selector.unregister(output)

    def _bury(self, running: _Running) -> None:
        process, child = running.process, running.child
        # Before the wait: until then the pid is taken, and with it the process group is certainly this child's.
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()
        del self._running[child.name]
        self._close_output(running)
        if self.stopping:
            return
        ran = time.monotonic() - running.started
        restarts = 1 if ran >= self._patience.steady else running.restarts + 1
        if restarts > self._patience.restarts:
            self._say(
                child.name, f"ended with {process.returncode} and is given up after {self._patience.restarts} restarts"
            )
            self._given_up = child.name
            return
        delay = self._patience.first_delay * 2 ** (restarts - 1)
        self._say(child.name, f"ended with {process.returncode}, starts again in {delay:g} s")
        self._due.append((time.monotonic() + delay, child, restarts))

    def _close_output(self, running: _Running) -> None:
        output = _output_of(running.process)
        if output in self._selector.get_map():
            self._pass_on(running)
        if output in self._selector.get_map():
            self._selector.unregister(output)
        if running.unfinished_line:
            self._say(running.child.name, running.unfinished_line.decode(errors="replace"))
        if running.process.stdout:
            running.process.stdout.close()

    def _start_what_is_due(self) -> None:
        now = time.monotonic()
        for due in [due for due in self._due if due[0] <= now]:
            self._due.remove(due)
            _, child, restarts = due
            self._spawn(child, restarts)

    def _catch_signals(self) -> None:
        """Let signals end `select`: Python writes one byte per signal into this pipe."""
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        self._wake = (reader, writer)
        self._selector.register(reader, selectors.EVENT_READ, None)
        signal.set_wakeup_fd(writer)
        for number in _STOP_SIGNALS:
            self._old_handlers[number] = signal.signal(number, self._count_signal)
        self._old_handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)

    def _release_signals(self) -> None:
        if self._wake is None:
            return
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(-1)
        self._selector.close()
        for descriptor in self._wake:
            os.close(descriptor)
        self._wake = None

    def _count_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1


def _output_of(process: subprocess.Popen[bytes]) -> int:
    if process.stdout is None:
        raise ValueError("the process was started without a pipe for its output")
    return process.stdout.fileno()


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """True for an ended child, without reaping it."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)
