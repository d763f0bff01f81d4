"""Orders that were paid through every gateway, and the night after, when each report is held against the book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from jangteo.adapters.kakaopay.access import KakaoPayShop
from jangteo.adapters.kakaopay.reports import KakaoPayReports
from jangteo.adapters.portone.api import PortOneAccount
from jangteo.adapters.portone.reports import PortOneReports
from jangteo.adapters.toss.reports import TossReports
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.effects import DailyBooks
from jangteo.domains.settlement.gateway_days import waiting_reports
from jangteo.domains.settlement.models import Break, DayClose, GatewayDay
from jangteo.kernel import clock
from tests.money.windows import Street, street
from tests.world import GUEST, World


@pytest.fixture
def here(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with street(world) as built:
        yield built


@pytest.fixture
def books(here: Street) -> Iterator[DailyBooks]:
    """The job over the three gateways as the product sets it up."""
    store, practice = here.portone.store, here.kakao.account
    account = PortOneAccount(store.store_id, store.channel_key, store.api_secret)
    with (
        closing(TossReports(base_url=here.toss.url, secret_key=here.toss.shop.secret_key)) as toss,
        closing(PortOneReports(base_url=here.portone.url, account=account)) as portone,
        closing(KakaoPayReports(shop=KakaoPayShop(here.kakao.url, practice.secret_key, practice.cid))) as kakao,
    ):
        yield DailyBooks({"toss": toss, "portone": portone}, {"kakaopay": kakao})


def paid_everywhere(here: Street) -> list[PlacedOrder]:
    """An order through each of them, one after the other."""
    goods = ((here.world.mackerel, 1), (here.world.tofu, 1))
    by_toss, by_kakao = here.order(*goods), here.order(*goods, way="kakaopay")
    here.come_back(by_toss, here.window(by_toss))
    here.get(here.agree_at_kakao(here.open_kakao(by_kakao)))
    here.work()
    here.offer("portone")
    by_portone = here.order(*goods)
    here.get(here.pay_at_portone(by_portone))
    here.work()
    here.offer("toss", "kakaopay", "portone")
    placed = [by_toss, by_portone, by_kakao]
    assert [here.states(one) for one in placed] == [("placed", "captured")] * 3
    return placed


def night(here: Street, books: DailyBooks) -> None:
    here.pass_by(days=1)
    with clock.at(here.watch.moment):
        books.run()


def test_a_day_of_three_gateways_agrees_to_the_won_and_is_closed(here: Street, books: DailyBooks) -> None:
    for placed in paid_everywhere(here):
        with here.now():
            cancel_order(market=here.world.market, actor=GUEST, order_id=placed.order_id)
    here.work()
    day = korean_date(here.watch.moment)

    night(here, books)

    with here.now():
        assert list(Break.objects.values_list("kind", "source", "key")) == []
        assert [row.day for row in DayClose.objects.all()] == [day]
        compared = GatewayDay.objects.filter(compared_at__isnull=False, day=day).order_by("gateway")
        assert [row.gateway for row in compared] == ["kakaopay", "portone", "toss"]


def test_what_was_done_by_hand_at_a_gateway_is_found_in_the_night(here: Street, books: DailyBooks) -> None:
    by_toss, by_portone, by_kakao = paid_everywhere(here)
    for placed in (by_toss, by_portone, by_kakao):
        gateway = here.gateways[here.payment(placed).gateway]
        key = here.payment(placed).payment_key or ""
        gateway.cancel(payment_key=key, reason="콘솔", amount_won=1_000, tax_free_won=0, key="by-hand")

    night(here, books)

    with here.now():
        rows = Break.objects.order_by("pk").values_list("kind", "order_ref", "there_won")
        assert sorted(rows) == sorted(("missing_here", one.ref, -1_000) for one in (by_toss, by_portone, by_kakao))
        assert not DayClose.objects.exists()


def test_a_gateway_that_fails_in_the_night_keeps_the_day_open_alone(here: Street, books: DailyBooks) -> None:
    paid_everywhere(here)
    here.kakao.dial.next_up("order", "server_error")
    here.portone.dial.next_up("list", "garbage")

    night(here, books)
    with here.now():
        assert [(row.gateway, row.trouble) for row in waiting_reports()] == [
            ("kakaopay", "unanswered"),
            ("portone", "unanswered"),
        ]
        assert not DayClose.objects.exists()

    here.watch.moment += timedelta(minutes=30)
    with clock.at(here.watch.moment):
        books.run()
    with here.now():
        assert (DayClose.objects.count(), waiting_reports(), Break.objects.count()) == (1, [], 0)
