"""Two hundred rushes on ten goods: baskets over four stalls in any order, cancels, refusals, card holds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from jangteo.adapters.toss.simulator import PracticeShop
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.books import wrong_in_the_books
from tests.concurrency import hot
from tests.concurrency.crowd import CROWD, Crowd, Line, buy, crowd
from tests.concurrency.customers import Answer, Caller
from tests.serving import Served
from tests.world import World, make_world

pytestmark = pytest.mark.slow

SEEDS = 200
# What the crowd does in one rush; the rest buys at the stall.
BY_CARD, CANCEL, REFUSE, EXPIRE = 4, 3, 3, 1
UNDERSTOOD = {
    "buy": {"", "ordering.not_enough"},
    "cancel": {"", "ordering.too_late_to_cancel"},
    "refuse": {"", "ordering.move_not_allowed"},
    "expire": {""},
}

Deed = Callable[[], Answer]


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    return make_world()


@pytest.fixture(scope="module")
def people(market: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    # Placing by card only needs a gateway to be set up; nobody gets as far as paying.
    environment = {"JANGTEO_TOSS_SECRET_KEY": PracticeShop().secret_key, "JANGTEO_TOSS_API_URL": "http://127.0.0.1:9"}
    log = tmp_path_factory.mktemp("web") / "web.log"
    with Served("web", log, environment=environment) as web, crowd(web.port) as everybody:
        yield everybody


class Rush:
    """Draws what everybody does, from one seed, with the orders that the rush before left."""

    def __init__(self, world: World, people: Crowd) -> None:
        self._world = world
        self._people = people
        self._goods = hot.put_up(world)
        self._tokens = {
            stall.pk: make_api_token(market=world.market, actor=SYSTEM, label="till", stall=stall)
            for stall in (world.fish, world.greens, world.tofu_stall, world.stranger)
        }
        self._last_order = 0

    def draw(self, chance: random.Random) -> list[tuple[str, Deed]]:
        """A name and a deed for each of the crowd."""
        hot.receive({good_id: chance.randint(2, 12) for good_id in self._goods})
        callers = iter(self._people.callers)
        deeds = list(self._about_earlier_orders(chance, callers))
        for place, caller in enumerate(callers):
            tender = "card" if place < BY_CARD else "at_stall"
            deeds.append(("buy", partial(buy, caller, self._world, self._basket(chance), tender=tender)))
        return deeds

    def _basket(self, chance: random.Random) -> list[Line]:
        return [(good_id, chance.randint(1, 3), None) for good_id in chance.sample(self._goods, chance.randint(1, 5))]

    def _about_earlier_orders(self, chance: random.Random, callers: Iterator[Caller]) -> Iterator[tuple[str, Deed]]:
        """Some are cancelled, some refused by a stall, one of them both at the same moment; a card hold runs out."""
        with in_market(self._world.market.pk):
            parts = list(StallPart.objects.filter(order__gt=self._last_order).select_related("order").order_by("pk"))
        self._last_order = max((part.order_id for part in parts), default=self._last_order)
        placed = [part for part in parts if part.state == PartState.NEW]
        refused = chance.sample(placed, min(REFUSE, len(placed)))
        for part in refused:
            path, token = f"stall/parts/{part.pk}/refuse/", self._tokens[part.stall_id]
            yield "refuse", partial(next(callers).post, path, {"reason": "sold_out"}, token=token)
        others = [part.order for part in parts if part.state in (PartState.NEW, PartState.AWAITING_PAYMENT)]
        for order in [*(part.order for part in refused[:1]), *chance.sample(others, min(CANCEL - 1, len(others)))]:
            path = f"markets/{self._world.market.slug}/orders/{order.token}/cancel/"
            yield "cancel", partial(next(callers).post, path)
        waiting = [part.order for part in parts if part.state == PartState.AWAITING_PAYMENT]
        for order in waiting[:EXPIRE]:
            next(callers)
            yield "expire", partial(self._expire, order)

    def _expire(self, order: Order) -> Answer:
        """What the worker does when nobody pays in time."""
        expire_order(market=self._world.market, actor=SYSTEM, order_ref=order.ref)
        return Answer(200, {})


def test_nothing_is_oversold_and_every_count_adds_up(market: World, people: Crowd) -> None:
    rush = Rush(market, people)
    told: Counter[tuple[str, int, str]] = Counter()
    for seed in range(SEEDS):
        deeds = rush.draw(random.Random(seed))
        answers = people.at_once([deed for _, deed in deeds])
        for (name, _), answer in zip(deeds, answers, strict=True):
            assert answer.status < 500, (seed, name, answer)
            assert answer.code in UNDERSTOOD[name], (seed, name, answer)
            told[name, answer.status, answer.code] += 1
        assert hot.untrue_counts() == [], seed
    print("\n", told.most_common())
    assert sum(told.values()) == SEEDS * CROWD
    assert min(told["buy", 201, ""], told["buy", 409, "ordering.not_enough"]) > SEEDS
    assert min(told["cancel", 200, ""], told["refuse", 200, ""], told["expire", 200, ""]) > SEEDS // 4
    assert hot.deadlocks() == 0
    assert wrong_in_the_books(quiet=False) == []
