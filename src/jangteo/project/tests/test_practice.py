from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.adapters.kakaopay.simulator import KakaoPaySimulator
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.domains.payments import gateways
from jangteo.domains.payments.ports import WindowGateway
from jangteo.domains.payments.redirect_port import RedirectGateway, ReturnUrls
from jangteo.project import wiring
from jangteo.project.cli.practice import REAL_KEYS, Practice, wanted
from tests.world import World

HERE = "127.0.0.1"
RETURN_TO = "http://shop.example/"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    wiring.card_gateways.cache_clear()
    wiring.payers.cache_clear()
    yield
    wiring.card_gateways.cache_clear()
    wiring.payers.cache_clear()
    gateways.use({})


def port(url: str) -> int:
    return int(url.rpartition(":")[2])


def offered(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]) -> list[str]:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    wiring.card_gateways.cache_clear()
    gateways.use(wiring.card_gateways())
    return [f"{way.key} by {way.gateway}" for way in gateways.offered()]


def test_without_keys_nothing_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert offered(monkeypatch, {}) == []


@pytest.mark.parametrize(("chosen", "cards"), [("", "toss"), ("toss", "toss"), ("portone", "portone")])
def test_practice_offers_every_way(monkeypatch: pytest.MonkeyPatch, chosen: str, cards: str) -> None:
    settings = Practice(HERE, HERE, 8101, None, 8000, kakaopay_port=8103, portone_port=8104).settings()

    ways = offered(monkeypatch, settings | {"JANGTEO_CARD_GATEWAY": chosen})

    assert sorted(ways) == sorted([f"card by {cards}", "virtual_account by toss", "kakaopay by kakaopay"])


def test_the_stand_ins_know_the_keys_that_practice_gives_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with TossSimulator() as toss, KakaoPaySimulator() as kakao, PortOneSimulator() as portone:
        practice = Practice(HERE, HERE, port(toss.url), None, 8000, port(kakao.url), port(portone.url))
        offered(monkeypatch, practice.settings())
        for name, sdk_url in (("toss", toss.sdk_url), ("portone", portone.sdk_url)):
            gateway = gateways.by_name(name)
            assert isinstance(gateway, WindowGateway)
            window = gateway.browser_checkout(
                order_ref="order-1",
                order_name="장보기",
                amount_won=10_000,
                tax_free_won=8_000,
                success_url=RETURN_TO,
                fail_url=RETURN_TO,
            )
            assert window.sdk_url == sdk_url
            assert gateway.read_order(order_ref="order-1") is None
        redirect = gateways.by_name("kakaopay")
        assert isinstance(redirect, RedirectGateway)
        opened = redirect.ready(
            order_ref="order-1",
            order_name="장보기",
            amount_won=10_000,
            tax_free_won=8_000,
            urls=ReturnUrls(RETURN_TO, RETURN_TO, RETURN_TO),
        )

    assert opened.url_pc.startswith(kakao.url)
    assert redirect.window_urls == (kakao.url,)


def test_pay_outs_need_a_key_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JANGTEO_TOSS_SECRET_KEY", "test_sk_practice")

    assert wiring.payers() == {}


def test_the_stand_in_for_cards_pays_out_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with TossSimulator() as toss:
        toss.payouts.funded_won = 7_000
        for name, value in Practice(HERE, HERE, port(toss.url), None, 8000).settings().items():
            monkeypatch.setenv(name, value)

        assert wiring.payers()["toss"].balance().available_won == 7_000


def test_where_real_keys_are_set_no_stand_in_is_started(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    for name in REAL_KEYS:
        monkeypatch.setenv(name, "a real key")

    assert wanted(HERE, HERE, 8000, (8000, 8001)) == Practice(HERE, HERE, None, None, 8000)


def test_a_real_market_gets_no_stand_ins(world: World) -> None:
    assert wanted(HERE, HERE, 8000, (8000, 8001)).children() == []


def test_every_stand_in_has_a_port_of_its_own_and_tells_our_hooks(db: None) -> None:
    practice = wanted(HERE, HERE, 8000, (8000, 8001))
    children = {child.name: child.command for child in practice.children()}

    ports = [command[command.index("--port") + 1] for command in children.values()]
    assert sorted(children) == ["card", "kakao", "portone", "texts"]
    assert len(set(ports)) == 4
    assert "http://127.0.0.1:8000/hooks/portone/" in children["portone"]
    assert "http://127.0.0.1:8000/hooks/toss/payouts/" in children["card"]
