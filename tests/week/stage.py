"""One week on its way: the present, what is still to happen, and the chance that decides how."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from jangteo.domains.delivery.ports import Effort
from jangteo.domains.delivery.routing.plain import PlainRouter
from jangteo.domains.delivery.straight import StraightLines
from jangteo.domains.ordering.effects import CardEffects
from jangteo.domains.rounds import ways
from jangteo.kernel import clock, ids
from jangteo.kernel.errors import Refused
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from jangteo.project.simulate.accidents import Accident
from jangteo.project.simulate.gateways import Practices, practising
from tests.week.town import OPENING, Town

Deed = Callable[[], None]
# Rounds instead of seconds, so that the same seed makes the same plans however fast the machine is.
EFFORT = Effort(seconds=None, rounds=60)


@dataclass(slots=True)
class Stage:
    """What happens next stands first in `queue`; `seen` counts what came of everything, refusals by their codes."""

    chance: random.Random
    tokens: random.Random
    town: Town
    practices: Practices
    present: list[datetime]
    queue: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    closed: set[int] = field(default_factory=set)
    riding: set[int] = field(default_factory=set)
    toured: set[int] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def now(self) -> datetime:
        return self.present[0]

    def later(self, minutes: float, deed: Deed) -> None:
        """So many minutes from now."""
        self.at(self.now + timedelta(minutes=minutes), deed)

    def at(self, moment: datetime, deed: Deed) -> None:
        heapq.heappush(self.queue, (moment, next(self.numbers), deed))

    def play(self) -> None:
        """Until nothing is left to happen. A refusal of the product is an ordinary outcome."""
        while self.queue:
            moment, _number, deed = heapq.heappop(self.queue)
            self.present[0] = max(moment, self.now)
            with self.scoped():
                try:
                    deed()
                except Refused as no:
                    self.seen[f"refused: {no.code}"] += 1

    def work(self) -> None:
        """The worker delivers what is due."""
        card = CardEffects(self.practices.gateways)
        handlers = {"payment.confirm": card.confirm, "payment.refund": card.refund, "payment.hint": card.read_hint}
        while deliver_due(handlers):
            pass

    def sweep(self) -> None:
        CardEffects(self.practices.gateways).sweep()

    @contextmanager
    def scoped(self) -> Iterator[None]:
        with clock.at(self.now), ids.drawn_from(self.tokens), in_market(self.town.market.pk):
            yield

    def happens(self, one_in: float) -> bool:
        return self.chance.random() < 1 / one_in


@contextmanager
def staged(seed: int, town: Town) -> Iterator[Stage]:
    """A stage with a card gateway over real HTTP, and a planner that repeats itself."""
    present, before = [OPENING], ways.current()
    ways.use(ways.Ways(PlainRouter(), StraightLines(), EFFORT))
    try:
        with practising(seed, lambda: present[0], Accident(), None) as practices:
            practices.offer("toss", 12)
            yield Stage(_drawn(seed, "week"), _drawn(seed, "tokens"), town, practices, present)
    finally:
        ways.use(before)


def _drawn(seed: int, what: str) -> random.Random:
    return random.Random(f"{seed} {what}")  # must repeat with a seed
