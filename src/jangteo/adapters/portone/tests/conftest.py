"""The practice gateway over real HTTP, by a watch that tests set."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from jangteo.adapters._wire import tls
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.portone.tests.practice import Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def simulator(watch: Watch) -> Iterator[PortOneSimulator]:
    with PortOneSimulator(seed=1, clock=watch) as running:
        yield running


@pytest.fixture
def http(simulator: PortOneSimulator) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"PortOne {simulator.store.api_secret}"}
    with httpx.Client(base_url=simulator.url, headers=headers, timeout=20, verify=tls()) as client:
        yield client
