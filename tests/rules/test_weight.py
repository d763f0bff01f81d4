"""What a first visit has to load, pictures apart, compressed as it is sent."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.bench import faces, lighthouse
from tests.weights import ACCEPT, KB, Arrived, by_kind, weights
from tests.world import World, order

CUSTOMER, MERCHANT, KIOSK, SCRIPTS = 60 * KB, 80 * KB, 1_500 * KB, 25 * KB


def weighed(client: Client, path: str) -> dict[str, int]:
    """By address, asked of the product itself, static files too."""

    def get(address: str) -> Arrived:
        packed, plain = (client.get(address, headers=headers) for headers in (ACCEPT, {}))
        assert packed.status_code == 200, address
        size = len(packed.getvalue())
        assert packed.get("Content-Encoding") in ("br", "gzip") or size < KB, address
        told = sum(len(name) + len(value) + 4 for name, value in packed.items())
        return Arrived(size + told, plain.getvalue().decode())

    return weights(get, path)


@pytest.mark.rule(21)
@pytest.mark.parametrize("path", ["", "goods/", "basket/", "map/", "help/", "orders/", "pay/"])
def test_a_customers_first_page_is_light(world: World, client: Client, path: str) -> None:
    found = weighed(client, f"/jangteo/{path}")

    assert len(found) > 6
    assert sum(found.values()) <= CUSTOMER, found


@pytest.mark.rule(21)
def test_scripts_of_the_front_page_are_light(world: World, client: Client) -> None:
    kinds = by_kind(weighed(client, "/jangteo/"))

    assert 0 < kinds["js"] <= SCRIPTS


@pytest.mark.rule(21)
@pytest.mark.parametrize("path", ["", "goods/", "goods/new/", "goods/say/", "till/", "qr/", "orders/", "money/"])
def test_a_stalls_first_page_is_light(world: World, stall: Client, path: str) -> None:
    order(world, (world.mackerel, 2), (world.hairtail, 1))
    found = weighed(stall, f"/stall/{path}")

    assert len(found) > 10
    assert sum(found.values()) <= MERCHANT, found


@pytest.mark.rule(21)
@pytest.mark.parametrize("path", ["/h/", "/b/"])
def test_the_other_screens_of_the_market_are_as_light(world: World, helper: Client, path: str) -> None:
    assert sum(weighed(helper, path).values()) <= MERCHANT


@pytest.mark.rule(21)
def test_what_a_kiosk_keeps_for_a_day_is_light(world: World, client: Client) -> None:
    """The page with its scripts, letters and all that it says; pictures of goods come with the goods."""
    told = client.get("/k/worker.js").getvalue().decode()
    kept = json.loads(told.partition("self.KEPT = ")[2].partition(";\n")[0])
    sizes = {name: len(client.get(name, headers=ACCEPT).getvalue()) for name in (*kept["files"], *kept["scripts"])}

    assert any(name.endswith(".pack") for name in sizes)
    assert len(sizes) > 20
    assert sum(sizes.values()) <= KIOSK, sizes


@pytest.mark.rule(22)
def test_the_bench_holds_first_screens_to_the_budgets_of_a_slow_phone() -> None:
    limits = lighthouse.MOST_LCP_S, lighthouse.MOST_BLOCKED_MS, lighthouse.MOST_SHIFT, lighthouse.LEAST_PERFORMANCE

    assert limits == (2.5, 200, 0.05, 0.90)
    assert (faces.CUSTOMER_KB * KB, faces.MARKET_KB * KB, faces.SCRIPTS_KB * KB) == (CUSTOMER, MERCHANT, SCRIPTS)
