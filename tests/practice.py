"""The practice card gateway over loopback, set up for this process and for all that it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.domains.payments import gateways
from jangteo.kernel import clock
from jangteo.project import wiring


@contextmanager
def card_gateway(now: Callable[[], datetime] = clock.now) -> Iterator[TossSimulator]:
    """Inside, card payment is set up and goes to this simulator, whose time is `now`."""
    with TossSimulator(seed=1, clock=now) as simulator:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JANGTEO_TOSS_API_URL", simulator.url)
            patch.setenv("JANGTEO_TOSS_SECRET_KEY", simulator.shop.secret_key)
            patch.setenv("JANGTEO_TOSS_CLIENT_KEY", simulator.shop.client_key)
            wiring.card_gateways.cache_clear()
            gateways.use(wiring.card_gateways())
            yield simulator
        wiring.card_gateways.cache_clear()
        gateways.use({})
