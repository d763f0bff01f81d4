"""A practice gateway with a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from jangteo.adapters.toss.payouts import TossPayouts
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.adapters.toss.tests.stage import Watch, toss_payouts


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def simulator(watch: Watch) -> Iterator[TossSimulator]:
    with TossSimulator(seed=1, clock=watch) as running:
        yield running


@pytest.fixture
def payouts(simulator: TossSimulator) -> Iterator[TossPayouts]:
    """Pay-outs of a shop that has 50 million won."""
    simulator.payouts.funded_won = 50_000_000
    simulator.dial.slow_ms = 20
    with closing(toss_payouts(simulator)) as opened:
        yield opened
