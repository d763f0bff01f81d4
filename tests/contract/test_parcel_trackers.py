"""What the carriers domain relies on, asked of every parcel tracker over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from jangteo.adapters.trackerdelivery.client import DeliveryTracker
from jangteo.adapters.trackerdelivery.simulator import TrackerSimulator
from jangteo.domains.carriers.ports import CarrierRejected, CarrierUnknown
from jangteo.domains.carriers.states import Sighting

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
NUMBER = "6891000012345"


@pytest.fixture
def simulator() -> Iterator[TrackerSimulator]:
    with TrackerSimulator() as running:
        yield running


def tracker(simulator: TrackerSimulator, secret: str = "") -> DeliveryTracker:
    key = simulator.key
    return DeliveryTracker(
        base_url=simulator.url, client_id=key.client_id, client_secret=secret or key.client_secret, timeout_s=0.5
    )


def test_everything_that_was_seen_is_told(simulator: TrackerSimulator) -> None:
    simulator.see("epost", NUMBER, "AT_PICKUP", at=AT, place="가람")
    simulator.see("epost", NUMBER, "UNKNOWN", at=AT)
    simulator.see("epost", NUMBER, "ATTEMPT_FAIL", at=AT)

    seen = tracker(simulator).track(carrier="epost", number=NUMBER)

    assert seen == (Sighting(AT, "taken", "가람"), Sighting(AT, "failed_door", ""))


def test_a_parcel_that_nobody_has_seen_is_no_fault(simulator: TrackerSimulator) -> None:
    assert tracker(simulator).track(carrier="epost", number=NUMBER) == ()


def test_another_key_is_refused(simulator: TrackerSimulator) -> None:
    with pytest.raises(CarrierRejected) as refused:
        tracker(simulator, "other").track(carrier="epost", number=NUMBER)

    assert refused.value.code == "UNAUTHENTICATED"


@pytest.mark.parametrize("fault", ["timeout", "server_error", "too_many", "garbage", "internal"])
def test_what_decides_nothing_is_unknown(simulator: TrackerSimulator, fault: str) -> None:
    simulator.see("epost", NUMBER, "AT_PICKUP", at=AT)
    simulator.dial.next_up("track", fault)

    with pytest.raises(CarrierUnknown):
        tracker(simulator).track(carrier="epost", number=NUMBER)
