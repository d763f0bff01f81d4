"""What the carriers domain relies on, asked of every quick courier over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from jangteo.adapters.kakaot.client import KakaoTAccount, KakaoTCourier
from jangteo.adapters.kakaot.signature import Scheme
from jangteo.adapters.kakaot.simulator import KakaoTSimulator, PracticeVendor
from jangteo.domains.carriers.ports import CarrierRejected, CarrierUnknown, Errand, Stop
from jangteo.domains.carriers.rules import Point
from jangteo.domains.carriers.states import QuickState

ERRAND = Errand(
    Stop("가람시 장터길 1", "", Point(37_566_500, 126_978_000), "장터시장", "0212345678"),
    Stop("가람시 장터동 101호", "3층", Point(37_570_000, 126_990_000), "김하나", "01000002000"),
    "먹거리",
    "찬 것이 있어요",
)
REF = "jt-one-errand"


def courier(simulator: KakaoTSimulator, key: str = "", timeout_s: float = 2.0) -> KakaoTCourier:
    vendor = simulator.vendor
    account = KakaoTAccount(simulator.url, vendor.vendor, key or vendor.api_key, vendor.scheme)
    return KakaoTCourier(account=account, timeout_s=timeout_s)


@pytest.fixture(params=list(Scheme))
def simulator(request: pytest.FixtureRequest) -> Iterator[KakaoTSimulator]:
    with KakaoTSimulator(vendor=PracticeVendor(scheme=request.param)) as running:
        yield running


def test_a_price_orders_nothing(simulator: KakaoTSimulator) -> None:
    assert courier(simulator).estimate(errand=ERRAND) == 6_000
    assert simulator.orders() == []


def test_an_errand_is_ordered_read_and_cancelled(simulator: KakaoTSimulator) -> None:
    quick = courier(simulator)

    assert quick.status(ref=REF) is None
    assert quick.order(errand=ERRAND, ref=REF).state == QuickState.LOOKING
    simulator.move(REF, "MATCHED")
    seen = quick.status(ref=REF)
    assert seen is not None
    assert (seen.state, seen.won) == (QuickState.ASSIGNED, 6_000)
    assert quick.cancel(ref=REF).state == QuickState.CANCELLED


def test_the_same_name_is_ordered_once_also_at_the_same_moment(simulator: KakaoTSimulator) -> None:
    quick = courier(simulator)

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(lambda _: quick.order(errand=ERRAND, ref=REF), range(8)))

    assert simulator.orders() == [REF]
    assert {one.ref for one in seen} == {REF}


def test_what_is_on_its_way_cannot_be_cancelled(simulator: KakaoTSimulator) -> None:
    quick = courier(simulator)
    quick.order(errand=ERRAND, ref=REF)
    simulator.move(REF, "PICKUP_COMPLETED")

    with pytest.raises(CarrierRejected) as refused:
        quick.cancel(ref=REF)

    assert refused.value.code == "CANNOT_CANCEL"


def test_another_key_is_refused(simulator: KakaoTSimulator) -> None:
    with pytest.raises(CarrierRejected) as refused:
        courier(simulator, "other").order(errand=ERRAND, ref=REF)

    assert refused.value.code == "UNAUTHORIZED"
    assert simulator.orders() == []


@pytest.mark.parametrize("fault", ["timeout_after_commit", "server_error_after_commit", "garbage"])
def test_a_lost_answer_is_unknown_and_the_errand_is_found(simulator: KakaoTSimulator, fault: str) -> None:
    simulator.dial.next_up("order", fault)
    quick = courier(simulator, timeout_s=0.3)

    with pytest.raises(CarrierUnknown):
        quick.order(errand=ERRAND, ref=REF)

    assert quick.status(ref=REF) is not None


@pytest.mark.parametrize("fault", ["server_error", "too_many"])
def test_not_now_is_unknown(simulator: KakaoTSimulator, fault: str) -> None:
    for kind in ("price", "order", "status"):
        simulator.dial.next_up(kind, fault)
    quick = courier(simulator)

    with pytest.raises(CarrierUnknown):
        quick.estimate(errand=ERRAND)
    with pytest.raises(CarrierUnknown):
        quick.order(errand=ERRAND, ref=REF)
    with pytest.raises(CarrierUnknown):
        quick.status(ref=REF)
    assert simulator.orders() == []


def test_neither_key_nor_customer_reaches_the_log(simulator: KakaoTSimulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")

    courier(simulator).order(errand=ERRAND, ref=REF)

    assert "kakaot order: HTTP 200" in caplog.text
    for secret in (simulator.vendor.api_key, "김하나", "01000002000", REF):
        assert secret not in caplog.text
