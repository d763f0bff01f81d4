"""A market whose gateway pays its stalls: the practice gateway over loopback, our side of it, and the worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from jangteo.adapters.toss.payouts import TossPayouts
from jangteo.adapters.toss.simulator import PracticeShop, TossSimulator
from jangteo.adapters.toss.simulator.payouts_book import PracticePayout
from jangteo.domains.markets.actions.change_stall import change_stall
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.stall_facts import StallFacts
from jangteo.domains.payments import payout_gateways
from jangteo.domains.payments.payouts_port import PayeeKind, PayoutGateway
from jangteo.domains.settlement.actions.send_run import send_run
from jangteo.domains.settlement.actions.set_payee import set_payee
from jangteo.domains.settlement.actions.set_payout_terms import NewTerms, set_payout_terms
from jangteo.domains.settlement.models import SentPayout, SettlementRun, StallPayee
from jangteo.domains.settlement.modes import Mode
from jangteo.domains.settlement.payout_effects import PayoutEffects
from jangteo.kernel import clock
from jangteo.kernel.outbox.deliver import Handler, deliver_due
from jangteo.kernel.tenancy import in_market
from tests.money.settling import ANNA, FRIDAY, SATURDAY, Book, approved, at, has_account
from tests.world import World

MONDAY = SATURDAY + timedelta(days=2)
# One of the three whose transfers fail at the practice gateway.
FAILING = "3025353430761"
BUSINESS_NUMBER = "1208800767"
HASTY_S = 0.3
FUNDS_WON = 50_000_000


def handlers(gateway: PayoutGateway) -> Mapping[str, Handler]:
    effects = PayoutEffects({gateway.name: gateway})
    return {
        "payee.tell": effects.tell_payee,
        "payout.send": effects.send,
        "payout.call_back": effects.call_back,
        "payout.hint": effects.read_hint,
    }


@dataclass
class PayoutDesk:
    """`now` is the time of both sides."""

    world: World
    simulator: TossSimulator
    gateway: TossPayouts
    moment: list[datetime]
    book: Book = field(init=False)

    def __post_init__(self) -> None:
        self.book = Book(self.world.market)

    @property
    def market(self) -> Market:
        return self.world.market

    @contextmanager
    def on(self, day: date, hour: int = 12) -> Iterator[None]:
        """At an hour of a Korean day."""
        self.moment[0] = at(day, hour)
        with clock.at(self.moment[0]):
            yield

    def register(self, stall: Stall, kind: PayeeKind = PayeeKind.COMPANY, number: str = "110123456789") -> StallPayee:
        """A stall with a confirmed account that the gateway has been told of; a company can be paid at once."""
        has_account(self.market, stall, number)
        return self.say(stall, kind)

    def say(self, stall: Stall, kind: PayeeKind = PayeeKind.COMPANY, email: str = "stall@market.example") -> StallPayee:
        has_business_number(self.market, stall)
        set_payee(market=self.market, actor=ANNA, stall_id=stall.pk, kind=kind, email=email, phone="01000000000")
        self.work()
        return self.payee(stall)

    def payee(self, stall: Stall) -> StallPayee:
        with in_market(self.market.pk):
            return StallPayee.objects.get(stall=stall, retired_at=None)

    def work(self, gateway: PayoutGateway | None = None, *, rounds: int = 4) -> None:
        """The worker's loop, each round some minutes later than the last."""
        moment = max(clock.now(), self.moment[0])
        for _ in range(rounds):
            moment += timedelta(minutes=4)
            self.moment[0] = moment
            with clock.at(moment):
                if not deliver_due(handlers(gateway or self.gateway)):
                    return

    def sweep(self) -> None:
        PayoutEffects({"toss": self.gateway}).sweep()

    def bank(self) -> None:
        """What the gateway's bank does on the day."""
        self.simulator.payouts.run_batch()

    def sold(self, parts: Mapping[int, int]) -> SettlementRun:
        """Sold on Friday, approved on Saturday."""
        self.book.sale(parts, at(FRIDAY))
        return approved(self.market, FRIDAY)

    def sent(self, run: SettlementRun) -> None:
        send_run(market=self.market, actor=ANNA, run_id=run.pk)

    def run(self, run: SettlementRun) -> SettlementRun:
        with in_market(self.market.pk):
            return SettlementRun.objects.get(pk=run.pk)

    def states(self) -> list[str]:
        with in_market(self.market.pk):
            return list(SentPayout.objects.order_by("pk").values_list("state", flat=True))

    def there(self) -> list[PracticePayout]:
        """Every pay-out that the gateway has."""
        return self.simulator.payouts.payouts()

    def payable(self, stall: Stall) -> int:
        return self.book.won(f"stall:{stall.pk}:payable")


class Died(BaseException):
    """The process ends here."""


class Mortal:
    """The gateway, until the process dies at one place of a call."""

    name = "toss"

    def __init__(self, desk: PayoutDesk, at: str) -> None:
        self._desk, self._at = desk, at

    def __getattr__(self, name: str) -> object:
        real = getattr(self._desk.gateway, name)

        def call(**given: object) -> object:
            if self._at == f"before {name}":
                raise Died
            answer = real(**given)
            if self._at == f"after {name}":
                raise Died
            return answer

        return call


def has_business_number(market: Market, stall: Stall) -> None:
    with in_market(market.pk):
        known = Stall.objects.get(pk=stall.pk)
    names = StallFacts.__dataclass_fields__
    written = {name: getattr(known, name) for name in names} | {"business_number": BUSINESS_NUMBER}
    change_stall(market=market, actor=ANNA, stall_id=stall.pk, facts=StallFacts(**written))


@contextmanager
def payout_desk(world: World, *, webhook_url: str = "") -> Iterator[PayoutDesk]:
    """A market in the mode `gateway_pays`, and a gateway that has money for it."""
    set_payout_terms(market=world.market, actor=ANNA, terms=NewTerms(mode=Mode.GATEWAY_PAYS))
    moment = [at(SATURDAY)]
    shop = PracticeShop(webhook_url=webhook_url, webhook_waits_s=())
    with TossSimulator(seed=1, clock=lambda: moment[0], shop=shop) as simulator:
        simulator.payouts.funded_won = FUNDS_WON
        simulator.dial.slow_ms = 20
        gateway = TossPayouts(
            base_url=simulator.url, secret_key=shop.secret_key, security_key=shop.security_key, timeout_s=HASTY_S
        )
        with closing(gateway):
            payout_gateways.use({gateway.name: gateway})
            yield PayoutDesk(world, simulator, gateway, moment)
            payout_gateways.use({})
