from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.catalog.models import Good
from jangteo.kernel import clock
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World

RIBBON = "acting-ribbon"


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def code(phone: Client) -> str:
    page = phone.post("/stall/helper/").content.decode()
    found = re.search(r'consent-digits num" aria-label="([\d ]+)"', page)
    assert found is not None
    return found[1].replace(" ", "")


@pytest.fixture
def acting(world: World, hana: Client, phone: Client) -> Client:
    """김하나 acts for 순자네 수산."""
    begun = hana.post(f"/h/stalls/{world.fish.pk}/act/", {"digits": code(phone)})
    assert begun["Location"] == "/stall/"
    return hana


def test_without_the_code_the_stall_stays_shut(world: World, hana: Client, phone: Client) -> None:
    digits = code(phone)
    wrong = hana.post(f"/h/stalls/{world.fish.pk}/act/", {"digits": "000000"})

    assert wrong.status_code == 422
    assert "번호가 달라요" in wrong.content.decode()
    assert hana.get("/stall/").status_code == 403
    spaced = f"{digits[:3]} {digits[3:]}"
    assert hana.post(f"/h/stalls/{world.fish.pk}/act/", {"digits": spaced}).status_code == 302
    assert hana.get("/stall/").status_code == 200


def test_guessing_ends_soon(world: World, hana: Client, phone: Client) -> None:
    digits = code(phone)
    for _ in range(5):
        hana.post(f"/h/stalls/{world.fish.pk}/act/", {"digits": "000000"})

    assert hana.post(f"/h/stalls/{world.fish.pk}/act/", {"digits": digits}).status_code == 422


@pytest.mark.parametrize("address", ["/stall/", "/stall/goods/", "/stall/orders/", "/stall/money/", "/stall/door/"])
def test_the_ribbon_is_on_every_screen_of_both(world: World, acting: Client, phone: Client, address: str) -> None:
    for client in (acting, phone):
        assert text(client, address).count(f'class="{RIBBON}"') == 1
    assert "도우미가 <span lang=" in text(phone, address) or "도우미가" in text(phone, address)
    missing = acting.get("/stall/goods/999999/")
    assert (missing.status_code, RIBBON in missing.content.decode()) == (404, True)


def test_the_helper_does_the_work_and_the_stall_reads_what_was_done(
    world: World, acting: Client, phone: Client
) -> None:
    acting.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": "8500"})

    with in_market(world.market.pk):
        assert Good.objects.get(pk=world.mackerel.pk).price_won == 8_500
        row = AuditRow.objects.get(code="good.priced", for_ref=f"stall:{world.fish.pk}")
    assert row.actor_kind == "helper"
    seen = text(phone, "/stall/helper/")
    assert "고등어" in seen
    assert "값을 8,000원에서 8,500원으로 바꿨어요" in seen
    assert "김하나" in seen


@pytest.mark.parametrize(
    "address", ["/stall/helper/", "/stall/handed-back/1/", "/stall/orders/1/refund/", "/stall/qr/1/back/"]
)
def test_some_things_nobody_does_for_another(world: World, acting: Client, address: str) -> None:
    refused = acting.post(address)

    assert refused.status_code == 409
    assert "사장님만 하실 수 있어요" in refused.content.decode()
    assert RIBBON in refused.content.decode()


def test_the_stall_ends_it_at_once(world: World, acting: Client, phone: Client) -> None:
    assert phone.post("/stall/helper/end/")["Location"] == "/stall/helper/"

    gone = acting.get("/stall/")
    assert gone.status_code == 403
    assert "대신 하기가 끝났어요" in gone.content.decode()
    assert RIBBON not in text(phone, "/stall/")


def test_the_helper_ends_it_and_goes_home(world: World, acting: Client, phone: Client) -> None:
    assert acting.post("/stall/helper/end/")["Location"] == f"/h/stalls/{world.fish.pk}/"
    assert acting.get("/stall/").status_code == 403


def test_after_thirty_minutes_it_is_over(world: World, acting: Client, phone: Client) -> None:
    began = clock.now()
    with clock.at(began + timedelta(minutes=29)):
        assert acting.get("/stall/").status_code == 200
    with clock.at(began + timedelta(minutes=31)):
        assert acting.get("/stall/").status_code == 403
        assert acting.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": "9000"}).status_code == 403
        assert RIBBON not in text(phone, "/stall/")


def test_another_stall_is_not_touched(world: World, acting: Client) -> None:
    assert acting.post(f"/stall/goods/{world.cabbage.pk}/", {"price_won": "9000"}).status_code == 404
