"""The same for what takes real commits: two people at one moment, and processes that die."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.payments.models import Giveback, Refund
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.errors import Refused
from jangteo.project import wiring
from tests.breaking import broken
from tests.faults.mortal import Deed, nursery
from tests.faults.stage import A_DAY, Moment, Scene, fill_the_shelves
from tests.faults.test_kill_nine import NewScene, committed, die_everywhere
from tests.practice import card_gateway
from tests.world import NOON, make_world

pytestmark = pytest.mark.slow

STAFF, TIMES = 4, 10


@pytest.fixture(scope="module")
def new_scene(committed_db: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewScene]:
    """Begins a scene on a day of its own."""
    moment = Moment()
    with card_gateway(lambda: moment.now) as gateway, nursery(tmp_path_factory.mktemp("nursery")) as cradle:
        with clock.at(NOON):
            world = make_world()
            fill_the_shelves(world)

        def begin() -> Scene:
            moment.now = NOON + timedelta(days=(moment.now - NOON).days) + A_DAY
            return Scene(world, gateway, cradle, moment)

        yield begin


def tofu_sold(scene: Scene) -> Line:
    """The tofu of a paid order, handed over: three blocks, 6,000 won."""
    placed = scene.pay()
    with scene.present():
        part = StallPart.objects.get(order_id=placed.order_id, stall=scene.world.tofu_stall)
        for deed in (accept_part, ready_part, hand_over_part):
            deed(market=scene.world.market, actor=SYSTEM, part_id=part.pk)
        return Line.objects.select_related("part__order").get(part=part)


def kept_won(order_ref: str) -> int:
    """What the gateway itself says it keeps."""
    seen = wiring.card_gateways()["toss"].read_order(order_ref=order_ref)
    assert seen is not None
    return seen.balance_won


def at_once(deeds: list[Callable[[], object]]) -> Counter[str]:
    """How it went for everybody, all having begun together."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> str:
        start.wait()
        try:
            deed()
        except Refused as no:
            return no.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as threads:
        return Counter(threads.map(do, deeds))


def give(scene: Scene, line: Line, person: int) -> object:
    """One of the office's people gives all of a line back."""
    with scene.present():
        return refund_lines(
            market=scene.world.market,
            actor=Actor(ActorKind.STAFF, f"staff:{person}"),
            order_id=line.part.order_id,
            wanted=WantedRefund({line.pk: None}),
            key=f"staff-{person}",
        )


def test_s11_of_all_who_give_the_same_line_back_at_once_one_does(new_scene: NewScene) -> None:
    for _ in range(TIMES):
        scene = new_scene()
        line = tofu_sold(scene)
        order = line.part.order

        before = kept_won(order.ref)
        how = at_once([partial(give, scene, line, person) for person in range(STAFF)])
        scene.work()

        assert how == {"done": 1, "ordering.nothing_to_give_back": STAFF - 1}
        with scene.present():
            assert Giveback.objects.filter(order_ref=order.ref, reason__startswith="decided_").count() == 1
            sent = Refund.objects.get(payment__order_ref=order.ref, reason__startswith="decided_")
            assert (sent.amount_won, sent.state) == (6_000, "done")
        assert before - kept_won(order.ref) == 6_000
        assert broken() == {}


def test_s24_kill_nine_at_every_step_of_giving_goods_back(new_scene: NewScene) -> None:
    def rehearse(scene: Scene) -> Deed:
        line = tofu_sold(scene)
        return scene.deed("give_back", order_id=line.part.order_id, line_id=line.pk, key=scene.key)

    def left(scene: Scene, reached: list[str]) -> None:
        scene.recover()
        placed = scene.place("card")
        assert placed.pay_won - scene.kept_won(placed) == (6_000 if committed(reached) else 0)
        assert scene.kept_won(placed) == scene.booked_won(placed)

    die_everywhere(new_scene, rehearse, 30, left)
