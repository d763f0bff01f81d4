"""A market whose regulars have stopped coming, and the weeks after a stall has written to them.

Everybody is drawn from their number, and every week from a seed, so that a run is the same whenever it is played.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from jangteo.domains.campaigns.tests.stage import agrees, bought, phone_of, refuses
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.markets.models import Stall
from jangteo.domains.people.models import User
from jangteo.kernel import clock, ids
from jangteo.kernel.tenancy import in_market
from tests.world import World, by_actions

LAPSED = 220
STILL_COMING = 20
WINDOW = timedelta(days=14)
OFTEN, UNEVEN = 0.22, 0.8  # visits of one's own in the window: gamma, mean and shape
USUAL_WON, RICHER, SWINGS = 11_000, 0.5, 0.9  # won of a visit: log-normal, between people and from day to day
LIFTS = (1.2, 2.4)  # whom a message brings: a beta of mean one third


@dataclass(frozen=True, slots=True)
class Regular:
    """One customer. `rate`: visits of their own within the window; `lift`: the chance that a message brings one more.

    `says` is "yes" or "no" to advertising or "" for nobody asked; `late` says no between the press and the sending, a
    `blocked` number is one that carriers refuse. Neither of these gets anything.
    """

    number: int
    rate: float
    usual_won: float
    lift: float
    says: str
    late: bool
    blocked: bool

    @property
    def phone(self) -> str:
        return phone_of(self.number)

    @property
    def more_back(self) -> float:
        """By how much a message raises the chance that they come at all: only who would not come can be brought."""
        return 0.0 if self.late or self.blocked else math.exp(-self.rate) * self.lift

    @property
    def more_won(self) -> float:
        """How many won a message brings on average."""
        return 0.0 if self.late or self.blocked else self.lift * self.usual_won * math.exp(SWINGS**2 / 2)


@dataclass(frozen=True, slots=True)
class Visit:
    """`after` the message; `counts` is whether it was at the stall that wrote and within the days counted."""

    phone: str
    won: int
    after: timedelta
    elsewhere: bool = False

    @property
    def counts(self) -> bool:
        return not self.elsewhere and self.after <= WINDOW


@dataclass(frozen=True, slots=True)
class Town:
    """The market, its lapsed regulars by phone, and their accounts."""

    world: World
    regulars: dict[str, Regular]
    accounts: dict[str, int]


def build() -> Town:
    """All that was before, by the actions: everybody's sales at the counter and what they said about advertising.

    In an empty database: the lot is drawn by the numbers of the market and of the people.
    """
    world = by_actions("lapsed", "7")
    regulars = [_regular(number) for number in range(LAPSED)]
    for one in regulars:
        _past(world, one)
    for number in range(LAPSED, LAPSED + STILL_COMING):
        for days_ago in (60, 20, 3):
            user = bought(world, world.fish, number, days_ago=days_ago)
        agrees(world, user)
    accounts = {user.phone or "": user.pk for user in User.objects.all()}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Town(world, {one.phone: one for one in regulars}, accounts)


def _regular(number: int) -> Regular:
    chance = random.Random(f"regular {number}")
    return Regular(
        number=number,
        rate=chance.gammavariate(UNEVEN, OFTEN / UNEVEN),
        usual_won=USUAL_WON * math.exp(chance.gauss(0, RICHER)),
        lift=chance.betavariate(*LIFTS),
        says=chance.choices(["yes", "", "no"], [60, 30, 10])[0],
        late=chance.random() < 0.01,
        blocked=chance.random() < 0.04,
    )


def _past(world: World, one: Regular) -> None:
    last = random.Random(f"past {one.number}").randint(40, 150)
    for days_ago in (last + 20, last + 7, last):
        user = bought(world, world.fish, one.number, won=round(one.usual_won), days_ago=days_ago)
    if one.says == "yes":
        agrees(world, user)
    elif one.says == "no":
        refuses(world, user)


def weeks(town: Town, got: Collection[str], seed: str) -> list[Visit]:
    """Who comes in the window and the week after, and what they leave; those who `got` the message come more.

    What somebody does of their own is the same whether they get it or not.
    """
    visits: list[Visit] = []
    for phone, one in town.regulars.items():
        chance = random.Random(f"{seed}: {one.number}")
        brought = _visit(chance, one, WINDOW), chance.random() < one.lift
        visits += [_visit(chance, one, WINDOW) for _ in range(_how_many(chance, one.rate))]
        if chance.random() < 0.1:
            visits.append(_visit(chance, one, WINDOW, elsewhere=True))
        if chance.random() < 0.1:
            late = _visit(chance, one, timedelta(days=7))
            visits.append(Visit(phone, late.won, late.after + WINDOW))
        if phone in got and brought[1]:
            visits.append(brought[0])
    return visits


def _how_many(chance: random.Random, rate: float) -> int:
    """Poisson, by the time that passes between one and the next."""
    count, passed = 0, chance.expovariate(1.0)
    while passed < rate:
        count, passed = count + 1, passed + chance.expovariate(1.0)
    return count


def _visit(chance: random.Random, one: Regular, within: timedelta, elsewhere: bool = False) -> Visit:
    won = round(one.usual_won * math.exp(chance.gauss(0, SWINGS)))
    after = timedelta(seconds=chance.randint(1, int(within.total_seconds())))
    return Visit(one.phone, min(max(won, 10), 5_000_000), after, elsewhere)


def ring_up(town: Town, visits: Collection[Visit]) -> None:
    """Each by the action, at its time."""
    start = clock.now()
    for visit in visits:
        with clock.at(start + visit.after):
            bought(town.world, _stall(town, visit), town.regulars[visit.phone].number, won=visit.won)


def ring_up_at_once(town: Town, visits: Collection[Visit]) -> None:
    """The same sales in one statement, each a copy of one that the action wrote."""
    start, rows = clock.now(), []
    with in_market(town.world.market.pk):
        written = CounterSale.objects.filter(stall=town.world.fish).values().earliest("pk")
    pattern: dict[str, object] = {name: value for name, value in written.items() if name != "id"}
    for visit in visits:
        at, token = start + visit.after, ids.new_token()
        pattern |= {"stall_id": _stall(town, visit).pk, "customer_id": town.accounts[visit.phone]}
        pattern |= {"created_at": at, "paid_at": at, "amount_won": visit.won, "token": token, "ref": token}
        rows.append(CounterSale(**pattern))
    with in_market(town.world.market.pk):
        CounterSale.objects.bulk_create(rows)


def _stall(town: Town, visit: Visit) -> Stall:
    return town.world.greens if visit.elsewhere else town.world.fish


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has not happened afterwards. No block around it, because actions are the outermost ones."""
    transaction.set_autocommit(False)
    try:
        yield
    finally:
        transaction.rollback()
        transaction.set_autocommit(True)
