from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.adapters.kakaopay.access import KakaoPayShop
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.naverpay.client import NaverPayGateway, NaverPayShop
from jangteo.adapters.portone.api import PortOneAccount
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.payments import gateways
from jangteo.domains.payments.gateways import Way
from jangteo.domains.payments.ports import CardGateway, PayBy
from jangteo.domains.payments.queries import opened_window

NOWHERE = "http://127.0.0.1:9"
TOSS = TossGateway(base_url=NOWHERE, sdk_url=NOWHERE, secret_key="s", client_key="c")
PORTONE = PortOneGateway(base_url=NOWHERE, sdk_url=NOWHERE, account=PortOneAccount("store", "channel", "secret"))
KAKAOPAY = KakaoPayGateway(shop=KakaoPayShop(NOWHERE, "secret", "TC0ONETIME"), find_opened=opened_window)
NAVERPAY = NaverPayGateway(shop=NaverPayShop(NOWHERE, NOWHERE, "partner", "id", "secret", "chain"))


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    yield
    gateways.use({})


def offered(*found: CardGateway, deposit_hours: int = 24) -> list[Way]:
    gateways.use({one.name: one for one in found}, deposit_hours=deposit_hours)
    return list(gateways.offered())


def test_every_gateway_brings_its_ways() -> None:
    assert offered() == []
    assert offered(TOSS, KAKAOPAY) == [
        Way("card", "toss", PayBy.CARD),
        Way("virtual_account", "toss", PayBy.ACCOUNT),
        Way("kakaopay", "kakaopay", PayBy.CARD),
    ]
    assert offered(PORTONE) == [Way("card", "portone", PayBy.CARD)]


def test_the_first_gateway_takes_the_cards_and_another_still_the_accounts() -> None:
    assert offered(PORTONE, TOSS) == [
        Way("card", "portone", PayBy.CARD),
        Way("virtual_account", "toss", PayBy.ACCOUNT),
    ]


def test_naver_pay_is_not_offered_because_nobody_could_give_its_money_back() -> None:
    assert offered(NAVERPAY) == []


def test_no_hours_for_a_deposit_mean_no_virtual_accounts() -> None:
    assert [way.key for way in offered(TOSS, deposit_hours=0)] == ["card"]


@pytest.mark.parametrize("hours", [-1, 25])
def test_goods_are_not_kept_for_longer_than_a_day(hours: int) -> None:
    with pytest.raises(ValueError, match="0 to 24"):
        offered(TOSS, deposit_hours=hours)


def test_cards_are_taken_only_where_a_window_takes_them() -> None:
    taken = []
    for found in ([], [KAKAOPAY], [TOSS]):
        offered(*found)
        taken.append(gateways.card_is_taken())

    assert taken == [False, False, True]


def test_a_payment_keeps_the_name_of_its_way() -> None:
    offered(TOSS, KAKAOPAY)

    assert gateways.way_key("toss", "card") == "card"
    assert gateways.way_key("toss", "account") == "virtual_account"
    assert gateways.way_key("kakaopay", "card") == "kakaopay"
    assert gateways.way_of("kakaopay") == Way("kakaopay", "kakaopay", PayBy.CARD)
    assert gateways.way_of("naverpay") is None
