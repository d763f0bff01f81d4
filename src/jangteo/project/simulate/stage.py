"""What the steps of one run act on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.effects import expire_sales
from jangteo.domains.ledger.jobs import expire_due_holds
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.cashback import grant_for_order
from jangteo.domains.ordering.effects import CardEffects
from jangteo.domains.payments.jobs import expire_due_cashback
from jangteo.domains.people.models import User
from jangteo.domains.promotions.jobs import end_over_coupons, expire_due_points
from jangteo.domains.promotions.models import Coupon
from jangteo.kernel import clock, ids
from jangteo.kernel.outbox.deliver import Handler, deliver_due
from jangteo.kernel.tenancy import in_market
from jangteo.project import counter
from jangteo.project.simulate.accidents import Accident
from jangteo.project.simulate.gateways import Letter, Practices, practising
from jangteo.project.simulate.town import OPENING

DEPOSIT_HOURS = 12
# How long after everything a new worker works until every lease, wait, hold and account has run out.
RECOVERY = (timedelta(minutes=31), timedelta(hours=DEPOSIT_HOURS + 1), timedelta(hours=1))


@dataclass(slots=True)
class Present:
    """The time everywhere: here and at the gateways."""

    moment: datetime = OPENING + timedelta(hours=1)


@dataclass(slots=True)
class Stage:
    """One market on one day, its gateways, and the chance that decides what happens.

    `unheard` are letters that are written again until they come; `seen` counts what came of steps beyond themselves.
    """

    chance: random.Random
    present: Present
    practices: Practices
    accident: Accident
    market: Market
    goods: list[Good]
    customers: list[int]
    coupons: list[Coupon]
    tokens: random.Random
    letters: list[Letter] = field(default_factory=list)
    unheard: list[Letter] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    numbers: int = 0

    @contextmanager
    def now(self) -> Iterator[None]:
        """Everything at the present moment, in the market, with tokens that repeat."""
        with clock.at(self.present.moment), ids.drawn_from(self.tokens), in_market(self.market.pk):
            yield

    def number(self) -> int:
        """One that was not given before."""
        self.numbers += 1
        return self.numbers

    @property
    def card(self) -> CardEffects:
        return CardEffects(self.practices.gateways)

    def handlers(self) -> dict[str, Handler]:
        card = self.card
        return {
            "payment.confirm": card.confirm,
            "payment.refund": card.refund,
            "payment.hint": card.read_hint,
            "cashback.grant": grant_for_order,
        }

    def work(self) -> int:
        """One round of the worker over what is due."""
        return deliver_due(self.handlers())

    def sweep(self) -> None:
        """What comes round."""
        self.card.sweep()
        expire_due_holds()
        expire_due_cashback()
        expire_due_points()
        end_over_coupons()
        expire_sales()

    def offer(self, first: str) -> None:
        """Cards go through this gateway from now on."""
        self.practices.offer(first, DEPOSIT_HOURS)


@contextmanager
def staged(seed: int, *, forgetful: bool) -> Iterator[Stage]:
    """A stage over the market of the database that is connected."""
    present, accident = Present(), Accident()
    market = Market.objects.get()
    with in_market(market.pk):
        goods, coupons = list(Good.objects.order_by("pk")), list(Coupon.objects.order_by("pk"))
    customers = list(User.objects.order_by("pk").values_list("pk", flat=True))
    keys = _chance(seed, "keys") if forgetful else None
    counter.join(None)
    with practising(seed, lambda: present.moment, accident, keys) as practices:
        steps, tokens = _chance(seed, "steps"), _chance(seed, "tokens")
        stage = Stage(steps, present, practices, accident, market, goods, customers, coupons, tokens)
        stage.offer(steps.choice(("toss", "toss", "portone")))
        yield stage


def _chance(seed: int, what: str) -> random.Random:
    return random.Random(f"{seed} {what}")  # noqa: S311  # must repeat with a seed
