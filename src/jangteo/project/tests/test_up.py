"""`jangteo up` as a whole, in a folder of its own and without the demo market."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from jangteo.project import addresses
from jangteo.project.cluster import Cluster
from jangteo.project.tests.endings import SOURCES, ends_within, pids_below, worked_seconds

HERE = "127.0.0.1"
# Seconds of the cores, of which a second start takes 5; on two that are free it is over in 3.
MOST_WORKED = 8.0


def command(var: Path, *arguments: str) -> subprocess.Popen[str]:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "jangteo.project.cli", "up", "--host", HERE, "--no-demo", *arguments],
        env={**surroundings, "PYTHONPATH": str(SOURCES), "JANGTEO_VAR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_ports() -> tuple[int, int]:
    # Ports that differ between test processes running at the same time.
    first = addresses.next_free(HERE, 20_000 + os.getpid() % 20_000)
    assert first is not None
    second = addresses.next_free(HERE, first + 1)
    assert second is not None
    return first, second


@contextmanager
def opened(var: Path, ports: tuple[int, int]) -> Iterator[subprocess.Popen[str]]:
    pages, live = ports
    with command(var, "--port", str(pages), "--live-port", str(live)) as market:
        assert market.stdout is not None
        told = []
        for line in market.stdout:
            told.append(line)
            if "장터가 열렸어요" in line:
                break
        else:
            pytest.fail("".join(told))
        try:
            yield market
        finally:
            market.terminate()


def test_market_opens_twice_and_leaves_nothing_running(tmp_path: Path) -> None:
    ports = free_ports()
    with opened(tmp_path, ports) as first:
        below = pids_below(first.pid)
        assert httpx.get(f"http://{HERE}:{ports[0]}/").status_code == 200
        first.send_signal(signal.SIGINT)
        assert first.wait(timeout=20) == 0
    assert len(below) >= 6
    assert all(ends_within(pid, seconds=1) for pid in below)
    assert not Cluster(tmp_path / "pg").is_running()

    with opened(tmp_path, ports) as second:
        below = pids_below(second.pid)
        # Other test processes want the cores too: work is counted, not time.
        assert worked_seconds([second.pid, *below]) < MOST_WORKED
        second.kill()
        assert all(ends_within(pid, seconds=10) for pid in below)


def test_asked_port_in_use_is_refused_with_a_free_one(tmp_path: Path) -> None:
    port, _ = free_ports()
    with socket.create_server((HERE, port)):
        refused = command(tmp_path, "--port", str(port))
        told, _ = refused.communicate(timeout=20)

    assert refused.returncode == 1
    assert f"{port}번 포트를 쓸 수 없어요. `jangteo up --port " in told
    assert not (tmp_path / "pg").exists()
