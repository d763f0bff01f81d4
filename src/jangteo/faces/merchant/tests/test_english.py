from __future__ import annotations

import pytest
from django.test import Client

from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.faces.merchant.tests.part_of import part_of
from tests.world import World, order


@pytest.mark.parametrize(
    "page",
    [
        "",
        "door/",
        "orders/",
        "orders/{part}/",
        "orders/{part}/refuse/",
        "goods/",
        "goods/{good}/",
        "goods/new/card/?name=감자&unit=한 봉지",
    ],
)
def test_korean_names_are_marked_as_korean(world: World, phone: Client, page: str) -> None:
    placed = order(world, (world.mackerel, 1), (world.hairtail, 1))
    part = part_of(world, placed.order_id, world.fish)

    answer = phone.get(f"/stall/{page.format(part=part.pk, good=world.mackerel.pk)}", headers={"accept-language": "en"})

    assert answer.status_code == 200
    assert unmarked_korean(answer.content.decode()) == []
