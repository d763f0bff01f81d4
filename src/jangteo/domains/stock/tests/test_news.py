from __future__ import annotations

from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import LiveEvent
from tests.world import World, order


def heard(world: World) -> list[str]:
    """Channels on which a good was told of since the last time."""
    events = LiveEvent.objects.filter(kind="good").order_by("pk")
    channels = list(events.values_list("channel", flat=True))
    LiveEvent.objects.all().delete()
    return channels


def both(world: World, good_id: int) -> list[str]:
    return [f"market:{world.market.pk}", f"good:{good_id}"]


def test_screens_hear_when_the_last_one_is_sold_and_when_there_are_more(world: World) -> None:
    heard(world)
    order(world, (world.mackerel, 4))
    assert heard(world) == []

    order(world, (world.mackerel, 1))
    assert heard(world) == both(world, world.mackerel.pk)

    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=3)
    assert heard(world) == both(world, world.mackerel.pk)


def test_screens_hear_of_a_first_count_of_none(world: World) -> None:
    heard(world)
    count_stock(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, on_hand=0)

    assert heard(world) == both(world, world.tofu.pk)
