from __future__ import annotations

import pytest
from django.test import Client

from jangteo.domains.ordering.models import Shortfall
from jangteo.faces._parts.tests.short import short_order
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.kernel.tenancy import in_market
from tests.world import World, device_of

pytestmark = pytest.mark.usefixtures("takes_card")


@pytest.mark.parametrize(
    "page",
    [
        "",
        "log/",
        "orders/",
        "orders/?q=하나",
        "orders/{order}/",
        "orders/{order}/refund/",
        "refunds/",
        "market/",
        "stalls/",
        "stalls/new/",
        "stalls/{stall}/",
        "stalls/{stall}/facts/",
        "streets/new/",
        "streets/{street}/",
        "shortfalls/{shortfall}/",
    ],
)
def test_korean_names_are_marked_as_korean(world: World, desk: Client, page: str) -> None:
    device_of(world, world.fish)
    shortfall = short_order(world)
    with in_market(world.market.pk):
        order_id = Shortfall.objects.values_list("line__part__order_id", flat=True).get(pk=shortfall.pk)
    path = page.format(stall=world.fish.pk, street=world.fish.street_id, shortfall=shortfall.pk, order=order_id)

    answer = desk.get(f"/office/{path}", headers={"accept-language": "en"})

    assert answer.status_code == 200
    assert unmarked_korean(answer.content.decode()) == []
