"""A payment at the counter as the customer's screens show it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.coupons import coupons_at
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import is_over, is_paying, payment_of_sale, sale_by_token, ways_of
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.coupons import OfferedCoupon
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.states import AUTHORISABLE
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.wanted import Purchase
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.shop.cash_receipts import CashPart, cash_part
from jangteo.faces.shop.counter_forms import PayStallForm, WayForm
from jangteo.faces.shop.counter_window import Wanted, Window, window_for
from jangteo.faces.shop.customer import actor_of, user_id_of
from jangteo.faces.shop.reviews import standing_review
from jangteo.faces.shop.sale_receipts import paid_with, vat_won
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

TRIES = 20
TRIES_WINDOW = timedelta(minutes=10)


class SaleFacts(TypedDict):
    """What the templates of a sale are given. `stands` is how it stands in one word of ours."""

    sale: CounterSale
    stands: str
    payment: Payment | None
    window: Window | None
    form: WayForm
    cash: CashPart | None
    paid_with: str
    vat_won: int | None
    asks_how: bool
    review: Review | None


def sale_or_404(token: str) -> CounterSale:
    """The sale that this link opens. Raises Http404 for a stranger's guess."""
    found = sale_by_token(token.replace("\x00", ""))
    if found is None:
        raise Http404(token)
    return found


def limit_tries(request: HttpRequest) -> None:
    """A stall's phone rings for what is typed here, so nobody types without end. Raises TooOften."""
    check_rate(f"counter:{request.META.get('REMOTE_ADDR', '')}", most=TRIES, window=TRIES_WINDOW)


def opened_by(request: HttpRequest, market: Market, stall: Stall, form: PayStallForm) -> CounterSale | None:
    """The sale that a valid form asks for, with its way chosen; None with the reason written into the form.

    Whoever has a coupon for it is asked once more, with the coupon.
    """
    told, actor = form.cleaned_data, actor_of(request)
    wanted = WantedSale(stall.pk, told["amount_won"], CounterSale.Source.STICKER, told["payer_name"])
    try:
        limit_tries(request)
        opened = open_sale(market=market, actor=actor, wanted=wanted, key=told["key"])
        if opened.state == SaleState.OPEN and any(one.won for one in _coupons(request, opened, told["way"])):
            return opened
        return choose_way(market=market, actor=actor, token=opened.token, way=told["way"])
    except Refused as no:
        form.add_error(None, sentence(no))
        return None


def sale_facts(request: HttpRequest, market: Market, sale: CounterSale, now: datetime) -> SaleFacts:
    """The sale with its payment, the window where it can be opened, and the cash receipt where there can be one.

    `asks_how`: its own customer looks at it, who may say how it was, or has in `review`.
    """
    payment = payment_of_sale(sale)
    asks_how = sale.state == SaleState.PAID and sale.customer_id is not None and sale.customer_id == user_id_of(request)
    window = None
    if sale.state == SaleState.AWAITING_PAYMENT and payment is not None and payment.state in AUTHORISABLE:
        here = [market.slug, sale.token]
        done, failed = reverse("sale_done", args=here), reverse("sale_failed", args=here)
        window = window_for(request, Wanted(payment, sale.stall.name, done, failed))
    return {
        "sale": sale,
        "stands": _stands(sale, payment, now),
        "payment": payment,
        "window": window,
        "form": way_form(request, sale, None),
        "cash": cash_part(market, sale.ref, reverse("sale_cash_receipt", args=[market.slug, sale.token])),
        "paid_with": paid_with(sale, payment) if sale.way else "",
        "vat_won": vat_won(sale),
        "asks_how": asks_how,
        "review": standing_review(Purchase(sale_id=sale.pk)) if asks_how else None,
    }


def way_form(request: HttpRequest, sale: CounterSale, data: QueryDict | None) -> WayForm:
    """How an open sale is paid, with the coupons that whoever looks has for it."""
    ways, way = ways_of(sale.stall), (data or request.GET).get("way", "")
    chosen = way if way in ways else ways[0]
    offered = _coupons(request, sale, chosen) if sale.state == SaleState.OPEN else None
    return WayForm(data, ways=ways, offered=offered, way=chosen)


def _coupons(request: HttpRequest, sale: CounterSale, way: str) -> list[OfferedCoupon]:
    return coupons_at(sale.stall, user_id_of(request), sale.amount_won, way)


def _stands(sale: CounterSale, payment: Payment | None, now: datetime) -> str:
    if is_over(sale, now):
        return "over"
    if sale.state == SaleState.AWAITING_PAYMENT and payment is not None:
        if payment.state == Payment.State.MISMATCH:
            return "mismatch"
        return "confirming" if is_paying(payment) else "paying"
    return sale.state
