"""Payments at the counter, pay links and cash receipts as people look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from jangteo.domains.counter import rules
from jangteo.domains.counter.models import CashReceipt, CounterSale, PayLink, SaleLine, SaleRefund
from jangteo.domains.counter.references import SALE_REF
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments import gateways
from jangteo.domains.payments.models import Giveback, Payment, Tender
from jangteo.domains.payments.paid_orders import paid_order
from jangteo.domains.payments.queries import payment_for
from jangteo.domains.payments.rules.refunds import Terms
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.payments.states import AUTHORISABLE
from jangteo.kernel import clock
from jangteo.kernel.tenancy import unscoped

Way = CounterSale.Way
LIVING = (CashReceipt.State.ASKED, CashReceipt.State.ISSUED)
# What came just now is told once on whichever page the phone shows; afterwards it is old news.
JUST_NOW = timedelta(minutes=2)
# A payment in one of these states keeps others from paying; a failed or expired one does not.
PAYING = frozenset(set(Payment.State) - AUTHORISABLE - {Payment.State.EXPIRED})


def ways_of(stall: Stall) -> list[str]:
    """How an amount can be paid to this stall now. Cash always."""
    by_card = [Way.CARD] if stall.takes_card and gateways.card_is_taken() else []
    onnuri = [Way.ONNURI_DIGITAL, Way.ONNURI_PAPER] if stall.takes_onnuri else []
    local = [Way.LOCAL_CURRENCY] if stall.takes_local else []
    return [*by_card, Way.CASH, *onnuri, *local]


def sale_by_token(token: str) -> CounterSale | None:
    """The sale that a link opens, with its stall."""
    return CounterSale.objects.select_related("stall").filter(token=token).first()


def sale_of_stall(sale_id: int) -> CounterSale:
    """One sale in scope. Raises CounterSale.DoesNotExist."""
    return CounterSale.objects.get(pk=sale_id)


def is_over(sale: CounterSale, now: datetime) -> bool:
    """Whether its time has run out, also before anybody has written that down."""
    return sale.state == SaleState.EXPIRED or (sale.state == SaleState.OPEN and sale.expires_at <= now)


@dataclass(frozen=True, slots=True)
class AtCounter:
    """What the stall's phone must tell: claims that wait for its answer, and money that has just come by card."""

    claims: tuple[CounterSale, ...]
    received: tuple[CounterSale, ...]


def at_counter(stall_id: int, now: datetime) -> AtCounter:
    """One query: every page of the stall's phone asks."""
    told = Q(state=SaleState.PAID, way=Way.CARD, paid_at__gte=now - JUST_NOW)
    waiting = Q(state=SaleState.CLAIMED, expires_at__gt=now)
    rows = list(CounterSale.objects.filter(stall_id=stall_id).filter(told | waiting).order_by("pk"))
    return AtCounter(
        tuple(row for row in rows if row.state == SaleState.CLAIMED),
        tuple(row for row in rows if row.state == SaleState.PAID),
    )


def sales_since(stall_id: int, since: datetime, most: int = 100) -> list[CounterSale]:
    """Sales of a stall whose money came since then, newest first; refunded ones stay in the list."""
    over = CounterSale.objects.filter(stall_id=stall_id, state__in=[SaleState.PAID, SaleState.REFUNDED])
    return list(over.filter(paid_at__gte=since).order_by("-paid_at", "-pk")[:most])


def taken_won(stall_id: int, since: datetime, until: datetime) -> int:
    """What sales at the counter brought a stall between two moments, less what it gave back of them."""
    paid = CounterSale.objects.filter(stall_id=stall_id, state=SaleState.PAID, paid_at__gte=since, paid_at__lt=until)
    return int(paid.aggregate(won=Sum(F("amount_won") - F("refunded_won")))["won"] or 0)


def lines_of(sale: CounterSale) -> list[SaleLine]:
    """What was sold in it, in the order in which it was rung up; nothing where only an amount was written down."""
    return list(SaleLine.objects.filter(sale=sale).order_by("pk"))


def times_here(stall_id: int, customer_id: int) -> int:
    """How often a customer who is known by number has bought at this stall's counter."""
    paid = CounterSale.objects.filter(stall_id=stall_id, customer_id=customer_id, state=SaleState.PAID)
    return paid.count()


@dataclass(frozen=True, slots=True)
class SaleQuote:
    """What giving so many won back would do: what stays, and whether a cash receipt is issued anew or taken back.

    `own_won` is what the customer gets of it; the rest goes to who bears the coupon.
    """

    won: int
    own_won: int
    left_won: int
    payment: Payment | None
    receipt: CashReceipt | None

    @property
    def coupon_won(self) -> int:
        return self.won - self.own_won

    @property
    def is_whole(self) -> bool:
        return not self.left_won


def quote_refund(sale: CounterSale, won: int) -> SaleQuote:
    """Two queries at most, two more where a coupon paid a part. `won` lies within what is left."""
    receipt = cash_receipt_about(sale.ref)
    lives = receipt is not None and receipt.state in LIVING
    found = paid_order(sale.ref) if sale.coupon_won else None
    quote = None if found is None else found.quote(won, Terms(clock.business_day(clock.now())))
    own_won = won if quote is None else quote.customer_won
    return SaleQuote(won, own_won, sale.left_won - won, payment_of_sale(sale), receipt if lives else None)


def sale_refund(refund_id: int) -> SaleRefund | None:
    """One refund of a sale in scope, with its sale."""
    return SaleRefund.objects.select_related("sale").filter(pk=refund_id).first()


def can_be_undone(refund: SaleRefund, now: datetime) -> bool:
    """Only what went by hand and lately; afterwards the customer has it. A coupon may be in another sale by now."""
    by_hand = refund.refund_id is None and refund.undone_at is None and not refund.sale.coupon_won
    return by_hand and now - refund.at <= rules.UNDONE_WITHIN


def sales_running_out(now: datetime) -> list[CounterSale]:
    """Sales of every market whose time is over and that no gateway has a part in."""
    with unscoped():
        rows = CounterSale.objects.filter(state__in=[SaleState.OPEN, SaleState.CLAIMED], expires_at__lte=now)
        return list(rows.select_related("market").order_by("pk"))


def pay_link(token: str) -> PayLink | None:
    """The link with its order and its payment."""
    return PayLink.objects.select_related("order", "payment").filter(token=token).first()


def is_paying(payment: Payment) -> bool:
    """Whether somebody has paid, or is being confirmed, so that nobody else should."""
    return payment.state in PAYING


def is_payable(order: Order, payment: Payment) -> bool:
    """Whether the window may be opened for it."""
    return order.state == OrderState.AWAITING_PAYMENT and payment.state in AUTHORISABLE


def living_pay_link(order: Order) -> PayLink | None:
    """The link that waits for somebody to pay this order."""
    living = PayLink.objects.filter(order=order, ended_at__isnull=True, expires_at__gt=clock.now())
    return living.select_related("payment").first()


@dataclass(frozen=True, slots=True)
class WhatFor:
    """What an order is for, without what is whose: stalls in the order of the streets, and how many things in all."""

    stalls: tuple[Stall, ...]
    things: int


def what_for(order: Order) -> WhatFor:
    """Two queries."""
    parts = order.parts.select_related("stall").order_by("stall__street__position", "stall__slot", "pk")
    things = order.parts.aggregate(lines=Count("lines"))["lines"]
    return WhatFor(tuple(part.stall for part in parts), int(things))


@dataclass(frozen=True, slots=True)
class CashBasis:
    """What a cash receipt can be issued for: won with their exempt part, the name on it, and when they were paid."""

    about: str
    name: str
    won: int
    tax_free_won: int
    paid_at: datetime


def cash_basis(market: Market, about: str) -> CashBasis | None:
    """The cash of a sale, or of an order that is closed; None where nothing of it is, or not finally."""
    sale = CounterSale.objects.select_related("stall").filter(ref=about).first()
    if sale is not None:
        if sale.state != SaleState.PAID or sale.way not in rules.CASH_LIKE or sale.paid_at is None:
            return None
        own = _own_left(sale)
        return CashBasis(about, sale.stall.name, *own, sale.paid_at) if own[0] else None
    order = Order.objects.filter(ref=about, state=OrderState.CLOSED).first()
    found = paid_order(about) if order is not None else None
    if order is None or found is None:
        return None
    keys = [column.key for column in found.paid.columns if column.kind in rules.CASH_LIKE]
    won = sum(found.paid.left.tender_won(key) for key in keys)
    tax_free = sum(found.paid.tax_free_won(key) for key in keys)
    return CashBasis(about, market.name, won, tax_free, order.changed_at) if won else None


def _own_left(sale: CounterSale) -> tuple[int, int]:
    """Won of the customer's own money that are left of a sale, and of them for what bears no VAT."""
    found = paid_order(sale.ref) if sale.coupon_won else None
    if found is None:
        return sale.left_won, sale.tax_free_of(sale.left_won)
    own = [column.key for column in found.paid.columns if column.kind is not TenderKind.COUPON]
    return sum(map(found.paid.left.tender_won, own)), sum(map(found.paid.tax_free_won, own))


def cash_receipt_about(about: str) -> CashReceipt | None:
    """The last receipt that was asked for about an order or a sale."""
    return CashReceipt.objects.filter(about=about).order_by("-pk").first()


def unasked_cash(least_won: int, before: datetime, after: datetime) -> list[tuple[Market, str]]:
    """Sales and orders of any market with so much cash, paid between the two moments, that never had a receipt."""
    with unscoped():
        known = CashReceipt.objects.values("about")
        paid = CounterSale.objects.filter(state=SaleState.PAID, way__in=rules.CASH_LIKE)
        kept = F("amount_won") - F("refunded_won")
        kept -= F("coupon_won") * kept / F("amount_won")
        sales = paid.annotate(kept_won=kept).filter(kept_won__gte=least_won)
        sales = sales.filter(paid_at__gte=after, paid_at__lt=before).exclude(ref__in=known)
        taken = Tender.objects.filter(kind__in=rules.CASH_LIKE, state=Tender.State.CAPTURED)
        taken = taken.filter(changed_at__gte=after, changed_at__lt=before).exclude(order_ref__in=known)
        taken = taken.exclude(order_ref__startswith=SALE_REF)
        orders = taken.values("market_id", "order_ref").annotate(cash=Sum("won")).filter(cash__gte=least_won)
        found = [*sales.values_list("market_id", "ref"), *orders.values_list("market_id", "order_ref")]
        markets = Market.objects.in_bulk({market_id for market_id, _about in found})
    return [(markets[market_id], about) for market_id, about in found]


def receipts_to_renew(since: datetime) -> list[tuple[Market, str]]:
    """What living receipts of any market are about, where an order gave money back since then and after the receipt."""
    with unscoped():
        back = Giveback.objects.filter(order_ref=OuterRef("about"), at__gte=since, at__gt=OuterRef("changed_at"))
        living = CashReceipt.objects.filter(state__in=LIVING)
        found = living.filter(Exists(back)).select_related("market").order_by("pk")
        return [(receipt.market, receipt.about) for receipt in found]


def payment_of_sale(sale: CounterSale) -> Payment | None:
    """The card payment of a sale."""
    return payment_for(sale.ref) if sale.way == Way.CARD else None
