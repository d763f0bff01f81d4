"""The customer of the shelf is told that it is ready, and once more that it waits: once each, while it is true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.parcel_telling import tell_due_parcels
from jangteo.domains.campaigns.tests.stage import Post, post
from jangteo.domains.hub.actions.hand_out import hand_out
from jangteo.domains.hub.actions.receive_part import receive_part
from jangteo.domains.hub.actions.unreceive_part import unreceive_part
from jangteo.domains.hub.models import ParcelNotice
from jangteo.domains.hub.rules import digits_of
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Unknown
from jangteo.kernel.tenancy import in_market
from tests.gathering import gathers, goods_parts, receive, to_be_fetched
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("takes_card")
SOON, HALF, EVENING = timedelta(minutes=3), timedelta(hours=2, minutes=1), timedelta(hours=10)


@pytest.fixture
def texts() -> Iterator[Post]:
    with clock.at(NOON), post() as opened:
        yield opened


@pytest.fixture
def placed(world: World, texts: Post) -> PlacedOrder:
    gathers(world)
    return to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))


def sent(texts: Post, later: timedelta) -> list[str]:
    """The job and the worker's round so long after noon; every text that has left until then, the oldest first."""
    with clock.at(NOON + later):
        tell_due_parcels()
        for row in OutboxRow.objects.filter(topic="parcel.tell", status="queued").order_by("pk"):
            row.attempts += 1
            with in_market(row.market_id):
                ending = CampaignEffects(texts.senders).tell_of_parcel(row)
            row.status = "queued" if isinstance(ending, Unknown) else "finished"
            row.save()
    return [text.draft.text for text in reversed(texts.simulator.texts.newest_first())]


def states(world: World) -> list[str]:
    with in_market(world.market.pk):
        return list(ParcelNotice.objects.order_by("pk").values_list("state", flat=True))


def test_it_is_told_when_all_is_there_and_once_more_at_half_time(
    world: World, texts: Post, placed: PlacedOrder
) -> None:
    receive(world, placed)
    assert sent(texts, timedelta(minutes=1)) == []

    digits = digits_of(placed.token)
    ready = f"[장터시장] 주문 1번, 모음터 선반 1번에 다 모였어요. 11월 20일 오후 4시까지 맡아 둬요. 찾는 번호 {digits}"
    again = (
        f"[장터시장] 주문 1번이 모음터 선반 1번에서 아직 기다려요. 11월 20일 오후 4시까지 맡아 둬요. 찾는 번호 {digits}"
    )
    assert sent(texts, SOON) == [ready]
    assert sent(texts, SOON) == [ready]
    assert sent(texts, HALF) == [ready, again]
    assert states(world) == ["told", "told"]


def test_who_has_fetched_it_is_told_nothing_more(world: World, texts: Post, placed: PlacedOrder) -> None:
    receive(world, placed)
    assert len(sent(texts, SOON)) == 1
    hand_out(market=world.market, actor=SYSTEM, order_id=placed.order_id)

    assert len(sent(texts, HALF)) == 1
    assert states(world) == ["told", "dropped"]


def test_what_was_pressed_too_early_is_told_when_it_is_true_again(
    world: World, texts: Post, placed: PlacedOrder
) -> None:
    receive(world, placed)
    part = goods_parts(world, placed)[0]
    unreceive_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    assert sent(texts, SOON) == []

    with clock.at(NOON + timedelta(minutes=30)):
        receive_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    assert len(sent(texts, timedelta(minutes=33))) == 1


def test_nobody_is_told_at_night(world: World, texts: Post, placed: PlacedOrder) -> None:
    receive(world, placed)

    assert sent(texts, EVENING) == []
    assert states(world) == ["waiting", "waiting"]


def test_a_lost_answer_does_not_tell_twice(world: World, texts: Post, placed: PlacedOrder) -> None:
    receive(world, placed)
    texts.simulator.dial.next_up("send_many", "server_error_after_commit")

    assert len(sent(texts, SOON)) == 1
    assert len(sent(texts, SOON)) == 1
    assert states(world)[0] == "told"
