"""One page between the basket and the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from jangteo.domains.delivery.errors import NoDelivery
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.queries import pickup_times
from jangteo.domains.ordering.splitting import own_of
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.ordering.wanted import PlacedOrder, WantedOrder
from jangteo.domains.payments.rules.split import Split
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop import my_orders, ways
from jangteo.faces.shop.basket import Basket
from jangteo.faces.shop.cards import BasketSum
from jangteo.faces.shop.customer import actor_of, last_person, signed_in, user_id_of
from jangteo.faces.shop.delivery_form import DeliveryForm, bringing
from jangteo.faces.shop.forms import CheckoutForm
from jangteo.faces.shop.moneys import MoneysForm, basket_split, coupon_won, coupons_here, pays_ahead, told, with_best
from jangteo.faces.shop.pages import market_page, shown, sum_of, wants_fragment
from jangteo.faces.shop.split_cards import split_cards
from jangteo.kernel import clock, ids
from jangteo.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class _Filled:
    """The page as it came back; `split` is None without other money than the one that is chosen."""

    request: HttpRequest
    market: Market
    total: BasketSum
    form: CheckoutForm
    moneys: MoneysForm
    split: Split | None
    delivery: DeliveryForm | None

    @property
    def is_right(self) -> bool:
        """Whether every form of the page that counts is filled in properly. All are looked at, so that all say so."""
        forms = [self.form, self.moneys, *([self.delivery] if self.delivery is not None else [])]
        if self.form.is_delivered and self.delivery is None:
            self.form.add_error(None, sentence(NoDelivery()))
        return all([form.is_valid() for form in forms])

    @property
    def wanted(self) -> WantedOrder:
        """The order as the domain takes it. For a page that is right."""
        wanted = self.form.wanted(self.total, self.moneys.moneys(), ahead=pays_ahead(self.split))
        return wanted if self.delivery is None else self.delivery.put_into(wanted)

    @property
    def facts(self) -> Mapping[str, object]:
        delivery = self.delivery or _delivery(self.request, self.market, self.total, self.form)
        split, won = self.split, self.total.estimate_won
        fee_won = 0 if delivery is None else delivery.fee_won
        said = {"split": None if split is None else split_cards(split, self.total), "told": told(split)}
        sums = {"to_pay_won": won - coupon_won(split), "brought_won": won - coupon_won(split) + fee_won}
        here = {"delivery": delivery, "is_delivered": delivery is not None and self.form.is_delivered}
        page = {"form": self.form, "moneys": self.moneys, "basket_sum": self.total, "all_won": won + fee_won}
        return {**page, **said, **sums, **here, "user": signed_in(self.request)}


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def checkout(request: HttpRequest, market: Market) -> HttpResponse:
    total = sum_of(baskets.read(request, market))
    if request.method == "POST":
        return _answer(_filled(request, market, total, _typed(request, market)))
    if not total.buyable or total.problems:
        return HttpResponseRedirect(reverse("basket", args=[market.slug]))
    initial = {**last_person(request, market), "key": ids.new_token(), "seen_won": total.most_won}
    filled = _filled(request, market, total, _form(market, initial=initial))
    return shown(request, market, "checkout.html", filled.facts)


def _form(market: Market, **kwargs: object) -> CheckoutForm:
    return CheckoutForm(times=pickup_times(market, clock.now()), ways=ways.choices(), **kwargs)


def _typed(request: HttpRequest, market: Market) -> CheckoutForm:
    # Who only looks how it would be split need not have filled in the rest.
    return _form(market, **({"initial": request.POST.dict()} if "look" in request.POST else {"data": request.POST}))


def _moneys(request: HttpRequest, total: BasketSum, tender: str) -> MoneysForm:
    user_id, sent = user_id_of(request), request.POST if request.method == "POST" else None
    offered = coupons_here(user_id, total, request.POST, tender)
    return MoneysForm(with_best(sent, offered), total=total, own=own_of(user_id), offered=offered)


def _filled(request: HttpRequest, market: Market, total: BasketSum, form: CheckoutForm) -> _Filled:
    tender = str(form["tender"].value() or "")
    moneys, split = _moneys(request, total, tender), None
    if moneys.is_valid() and moneys.moneys() and total.buyable:
        try:
            split = basket_split(market, total, moneys, tender)
        except Refused as refused:
            moneys.add_error(None, sentence(refused))
    delivery = _delivery(request, market, total, form) if form.is_delivered else None
    return _Filled(request, market, total, form, moneys, split, delivery)


def _delivery(request: HttpRequest, market: Market, total: BasketSum, form: CheckoutForm) -> DeliveryForm | None:
    here = bringing(market, total)
    if here is None:
        return None
    typed = request.POST if form.is_bound and form.is_delivered else None
    return DeliveryForm(typed, here=here, begun=form.initial)


def _answer(filled: _Filled) -> HttpResponse:
    """The split alone for our script, the page again, or the order."""
    if wants_fragment(filled.request, "split"):
        return render(filled.request, "shop/parts/split_now.html", dict(filled.facts))
    if "look" in filled.request.POST:
        return shown(filled.request, filled.market, "checkout.html", filled.facts)
    placed = _placed(filled) if filled.is_right else None
    if placed is None:
        return shown(filled.request, filled.market, "checkout.html", filled.facts, status=422)
    return _to_order(filled.request, filled.market, placed)


def _placed(filled: _Filled) -> PlacedOrder | None:
    """The placed order, or None with the reason written into the form."""
    if not _is_what_was_seen(filled):
        return None
    try:
        return place_order(
            market=filled.market,
            actor=actor_of(filled.request),
            wanted=filled.wanted,
            key=filled.form.cleaned_data["key"],
            user_id=user_id_of(filled.request),
        )
    except Refused as refused:
        _refuse(filled, refused)
        return None


def _refuse(filled: _Filled, refused: Refused) -> None:
    """What is about the delivery stands there, with what is offered by now."""
    if filled.delivery is None or not filled.delivery.refuse(refused, bringing(filled.market, filled.total)):
        filled.form.refuse(refused)


def _is_what_was_seen(filled: _Filled) -> bool:
    """False, and said in the form, where prices or the split are not those of the page that was shown."""
    form, total = filled.form, filled.total
    if total.lines and total.most_won > form.cleaned_data["seen_won"]:
        form.ask_again(total.most_won)
        return False
    if told(filled.split) != filled.moneys.cleaned_data["seen_split"]:
        form.add_error(None, gettext("이렇게 나눠 내요. 맞으면 한 번 더 눌러 주세요."))
        return False
    return True


def _to_order(request: HttpRequest, market: Market, placed: PlacedOrder) -> HttpResponse:
    page = "pay" if placed.state == OrderState.AWAITING_PAYMENT else "order"
    response = HttpResponseRedirect(reverse(page, args=[market.slug, placed.token]))
    my_orders.remember(response, request, market, placed.token)
    baskets.keep(response, request, market, Basket())
    return response
