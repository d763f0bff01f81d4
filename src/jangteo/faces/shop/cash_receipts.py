"""Cash receipts on the customer's screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from jangteo.domains.counter.actions.ask_cash_receipt import WantedReceipt, ask_cash_receipt
from jangteo.domains.counter.issuers import receipts_are_issued
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.counter.queries import CashBasis, cash_basis, cash_receipt_about
from jangteo.domains.markets.models import Market
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.shop.counter_forms import CashReceiptForm
from jangteo.faces.shop.customer import actor_of
from jangteo.faces.shop.pages import shown
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

TRIES = 20
TRIES_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class CashPart:
    """What `shop/parts/cash_receipt.html` shows: the last receipt, and what one could be asked for now.

    `asks` is the address of the page where one is asked for.
    """

    receipt: CashReceipt | None
    basis: CashBasis | None
    asks: str

    @property
    def can_ask(self) -> bool:
        gone = (CashReceipt.State.CANCELLED, CashReceipt.State.REJECTED)
        return self.basis is not None and (self.receipt is None or self.receipt.state in gone)


def cash_part(market: Market, about: str, asks: str) -> CashPart | None:
    """None where nobody issues receipts, or there is none and nothing to issue one for."""
    receipt = cash_receipt_about(about)
    basis = cash_basis(market, about) if receipts_are_issued() else None
    if receipt is None and basis is None:
        return None
    return CashPart(receipt, basis, asks)


def cash_receipt_page(request: HttpRequest, market: Market, about: str, back: str) -> HttpResponse:
    """Ask for a receipt about an order or a sale, and go `back`. Raises Http404 where there is nothing to ask for."""
    part = cash_part(market, about, request.path)
    if part is None:
        raise Http404(about)
    posted = request.POST if request.method == "POST" else None
    form = CashReceiptForm(posted)
    if (form.is_valid() and _asked(request, market, about, form)) or not part.can_ask:
        return HttpResponseRedirect(f"{back}#cash-receipt")
    facts = {"part": part, "form": form, "back": back}
    return shown(request, market, "cash_receipt.html", facts, status=200 if posted is None else 422)


def _asked(request: HttpRequest, market: Market, about: str, form: CashReceiptForm) -> bool:
    wanted = WantedReceipt(about, form.use.value, form.kind.value, form.cleaned_data["digits"])
    try:
        check_rate(f"receipt:{request.META.get('REMOTE_ADDR', '')}", most=TRIES, window=TRIES_WINDOW)
        ask_cash_receipt(market=market, actor=actor_of(request), wanted=wanted)
    except Refused as no:
        form.add_error("digits", sentence(no))
        return False
    return True
