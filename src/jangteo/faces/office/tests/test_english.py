from __future__ import annotations

import pytest
from django.test import Client

from jangteo.faces._parts.tests.short import short_order
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from tests.world import World, device_of


@pytest.mark.parametrize(
    "page",
    [
        "",
        "log/",
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
    path = page.format(stall=world.fish.pk, street=world.fish.street_id, shortfall=short_order(world).pk)

    answer = desk.get(f"/office/{path}", headers={"accept-language": "en"})

    assert answer.status_code == 200
    assert unmarked_korean(answer.content.decode()) == []
