"""What needs a hand today (손 볼 일), the most urgent kind first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.queries import hanging_calls, hanging_parcels
from jangteo.domains.delivery.queries import late_waves
from jangteo.domains.devices.models import Screen
from jangteo.domains.devices.queries import silent_screens
from jangteo.domains.hub.models import Missing, Parcel
from jangteo.domains.hub.queries import hands_of_hub
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.inquiries.queries import inquiries_late
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import hours_now
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.queries import AtKiosk
from jangteo.domains.ordering.queries_office import orders_by_ref, unanswered_parts, won_handed_over
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.queries_office import doubtful_payments, doubtful_refunds
from jangteo.domains.regulars.queries_privacy import held_up_deletions, unreviewed_month
from jangteo.domains.reviews.queries import count_to_judge
from jangteo.domains.rounds.queries import came_back
from jangteo.faces._parts.carried import ParcelShown, parcel_shown
from jangteo.faces._parts.gaps import Gap, gaps
from jangteo.faces._parts.words.counting import counted
from jangteo.faces.office.delivery_cards import WaveCard, wave_card
from jangteo.faces.office.first_steps import Step
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.queries import stuck_effects

MINUTE = timedelta(minutes=1)
# The state, here, of a payment whose money is gone while its goods are with the customer.
GOODS_ARE_OUT = "goods_are_out"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A stall that does not answer its phone."""

    part: StallPart
    minutes: int
    made: AtKiosk | None

    @property
    def goods(self) -> str:
        return ", ".join(counted(line.name, line.unit, line.quantity) for line in self.part.lines.all())


@dataclass(frozen=True, slots=True)
class Money:
    """A payment or a refund nobody may leave alone. `order` is None for an order that is not ours."""

    order: Order | None
    won: int
    state: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Hands:
    """Everything that waits for a person of the association. `looks`: a month whose looks nobody has gone through."""

    unanswered: list[Unanswered]
    gaps: list[Gap]
    payments: list[Money]
    refunds: list[Money]
    stuck: list[OutboxRow]
    silent: list[Screen]
    steps: list[Step]
    late: list[Inquiry]
    waves: list[WaveCard]
    reviews: int
    deletions: int
    looks: date | None
    errands: list[QuickCall]
    parcels: list[ParcelShown]
    missing: list[Missing]
    unclaimed: list[Parcel]
    came_back: int

    @property
    def count(self) -> int:
        about_money = len(self.payments) + len(self.refunds) + len(self.stuck)
        return (
            len(self.unanswered)
            + len(self.gaps)
            + about_money
            + len(self.silent)
            + len(self.steps)
            + len(self.late)
            + len(self.waves)
            + self.reviews
            + self.deletions
            + len(self.errands)
            + len(self.parcels)
            + len(self.missing)
            + len(self.unclaimed)
            + self.came_back
            + (self.looks is not None)
        )


def hands(market: Market, now: datetime, steps: list[Step]) -> Hands:
    """What waits in the market in scope; `steps` are those that opening it still takes.

    Screens may be switched off at night: their silence is told while the market trades.
    """
    payments, refunds = doubtful_payments(now), doubtful_refunds()
    unpaid = won_handed_over({payment.order_ref for payment in payments if payment.is_taken_back})
    # Where nobody has the goods yet the order waits again, and nobody need do anything.
    payments = [one for one in payments if not one.is_taken_back or one.order_ref in unpaid]
    refs = {payment.order_ref for payment in payments} | {refund.payment.order_ref for refund in refunds}
    orders = orders_by_ref(refs)
    missing, unclaimed = hands_of_hub(now)
    return Hands(
        unanswered=[Unanswered(part, (now - part.changed_at) // MINUTE, made) for part, made in unanswered_parts(now)],
        gaps=gaps(),
        payments=[_payment(payment, orders, unpaid) for payment in payments],
        refunds=[_refund(refund, orders) for refund in refunds],
        stuck=stuck_effects(),
        silent=silent_screens(now) if hours_now(market, now).is_open else [],
        steps=steps,
        late=inquiries_late(now),
        waves=[wave_card(wave) for wave in late_waves()],
        reviews=count_to_judge(),
        deletions=held_up_deletions(),
        looks=unreviewed_month(),
        errands=hanging_calls(now),
        parcels=[parcel_shown(one) for one in hanging_parcels(now)],
        missing=missing,
        unclaimed=unclaimed,
        came_back=came_back(),
    )


def waiting_refunds() -> list[Money]:
    """Refunds that a gateway refused or has not explained, with their orders."""
    refunds = doubtful_refunds()
    orders = orders_by_ref({refund.payment.order_ref for refund in refunds})
    return [_refund(refund, orders) for refund in refunds]


def _payment(payment: Payment, orders: dict[str, Order], unpaid: dict[str, int]) -> Money:
    order = orders.get(payment.order_ref)
    if payment.is_taken_back:
        return Money(order, unpaid[payment.order_ref], GOODS_ARE_OUT, payment.changed_at, "")
    won = payment.captured_won or payment.amount_won
    return Money(order, won, payment.state, payment.changed_at, payment.failure_code)


def _refund(refund: Refund, orders: dict[str, Order]) -> Money:
    order = orders.get(refund.payment.order_ref)
    return Money(order, refund.amount_won, refund.state, refund.changed_at, refund.reason)
