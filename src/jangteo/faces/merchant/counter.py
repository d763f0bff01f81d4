"""Money at the counter as the stall's phone shows and says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import SaleQuote, at_counter, can_be_undone, is_over, sale_refund
from jangteo.domains.counter.rules import UNDONE_WITHIN
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.rules.tenders import KINDS, RefundTo, TenderKind
from jangteo.faces._parts.givebacks import Way
from jangteo.faces._parts.words.paid import paid_name
from jangteo.faces._parts.words.refunds import TO_THE_CARD, WAYS_BACK, by_hand, money_name
from jangteo.faces._parts.words.tenders import tender_name
from jangteo.faces.merchant import spoken
from jangteo.faces.merchant.done import Done, is_number
from jangteo.kernel import clock


@dataclass(frozen=True, slots=True)
class Told:
    """A sale with what the phone says aloud of it."""

    sale: CounterSale
    say: str


@dataclass(frozen=True, slots=True)
class News:
    """What the phone rings for until it is touched, and what it says once."""

    claims: tuple[Told, ...]
    received: tuple[Told, ...]


def counter_news(stall_id: int, now: datetime) -> News:
    """Claims that wait for an answer, and money that has just come by card."""
    found = at_counter(stall_id, now)
    return News(
        tuple(Told(sale, spoken.claimed(sale)) for sale in found.claims),
        tuple(Told(sale, spoken.received(sale)) for sale in found.received),
    )


def how_it_stands(sale: CounterSale, now: datetime) -> str:
    """One word for the screen with the code: open, paying, claimed, paid, refunded, denied or over."""
    if is_over(sale, now):
        return "over"
    return "paying" if sale.state == SaleState.AWAITING_PAYMENT else sale.state


def seconds_left(sale: CounterSale) -> int:
    """How long the code is good, not below zero."""
    return max(0, int((sale.expires_at - clock.now()).total_seconds()))


def way_back_of(sale: CounterSale, quote: SaleQuote) -> Way:
    """Where so much of a sale goes, or what the stall does to give it."""
    kind, payment = TenderKind(sale.way), quote.payment
    if payment is not None:
        name = paid_name(payment)
        where = TO_THE_CARD if name == tender_name(TenderKind.CARD) else WAYS_BACK[RefundTo.SAME]
        return Way(name, quote.own_won, str(where))
    facts = KINDS[kind]
    to = facts.refund_to if facts.partial_refund or quote.is_whole else RefundTo.ACCOUNT
    return Way(money_name(kind, at_stall=True), quote.own_won, "", do=by_hand(kind, to, quote.own_won))


def done_giving(refund_id: str, now: datetime) -> Done | None:
    """What was given back lately, with the way back for what the stall gave itself. None for anything else."""
    refund = sale_refund(int(refund_id)) if is_number(refund_id) else None
    if refund is None or refund.undone_at is not None or now - refund.at > UNDONE_WITHIN:
        return None
    words = _("%(won)s원을 돌려드렸어요.")
    if refund.sale.coupon_won:
        words = _("%(won)s원어치를 돌려드렸어요. 쿠폰이 낸 몫은 쿠폰으로 돌아갔어요.")
    words %= {"won": f"{refund.amount_won:,}"}
    return Done(words, reverse("merchant:undo_back", args=[refund.pk]) if can_be_undone(refund, now) else "")


def sale_address(request: HttpRequest, market: Market, sale: CounterSale) -> str:
    """Where the code on the phone leads."""
    return request.build_absolute_uri(reverse("sale", args=[market.slug, sale.token]))
