"""The association's coupons and points: what runs, what it costs, a new one with a look at last month."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import kinds_in_order
from jangteo.domains.ordering.queries_coupons import last_month
from jangteo.domains.promotions.actions.grant_points import USUAL_DAYS
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.actions.set_point_terms import set_point_terms
from jangteo.domains.promotions.actions.stop_coupon import stop_coupon
from jangteo.domains.promotions.drafts import draft_coupon
from jangteo.domains.promotions.errors import BadCoupon
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.queries import all_coupons, liabilities, point_terms
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.point_words import percent
from jangteo.faces.office.coupon_cards import coupon_cards, replay_words
from jangteo.faces.office.coupon_forms import CouponForm, PointsForm
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page
from jangteo.kernel.errors import Refused
from jangteo.kernel.qr import qr_svg


@require_safe
@for_office
def coupons(request: HttpRequest, at: AtOffice) -> HttpResponse:
    cards = coupon_cards(all_coupons())
    terms = point_terms(None)
    running, over = [one for one in cards if not one.is_over], [one for one in cards if one.is_over]
    rate = percent(terms.earn_bp) if terms else ""
    return page(request, at, "coupons", running=running, over=over, owed=liabilities(), points_rate=rate)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def new_coupon(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Filled in, looked at with last month's orders, then opened."""
    data = request.POST if request.method == "POST" else None
    form = CouponForm(data, kinds=kinds_in_order(), stalls=list(Stall.objects.order_by("pk")))
    preview: list[str] = []
    if form.is_valid():
        try:
            if "look" not in request.POST:
                made = make_coupon(market=at.market, actor=at.actor, new=form.new())
                return went_well("coupon", "office:coupon", made.pk)
            preview = _preview(at.market, form)
        except BadCoupon as no:
            form.blame(str(no.facts["field"]), str(no.facts["why"]))
        except Refused as no:
            form.add_error("code", sentence(no))
    return page(request, at, "new_coupon", form=form, preview=preview, status=422 if form.errors else 200)


@require_safe
@for_office
def coupon(request: HttpRequest, at: AtOffice, coupon_id: int) -> HttpResponse:
    """One of them, with its QR where it has a code."""
    found = Coupon.objects.select_related("stall").filter(pk=coupon_id).first()
    if found is None:
        raise Http404
    url = request.build_absolute_uri(f"{reverse('coupons', args=[at.market.slug])}?code={found.code}")
    code = qr_svg(url) if found.code else ""
    return page(request, at, "coupon", card=coupon_cards([found])[0], qr=code, url=url)


@require_POST
@for_office
def stop(request: HttpRequest, at: AtOffice, coupon_id: int) -> HttpResponse:
    stop_coupon(market=at.market, actor=at.actor, coupon_id=coupon_id)
    return went_well("coupon_stopped", "office:coupons")


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def points(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """What the association gives, and what it and the stalls owe by it."""
    terms = point_terms(None)
    rate = percent(terms.earn_bp).rstrip("%") if terms else "0"
    begun = {"rate": rate, "lasts_days": terms.lasts_days if terms else USUAL_DAYS}
    form = PointsForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            set_point_terms(market=at.market, actor=at.actor, new=form.terms())
            return went_well("points", "office:coupons")
        except Refused as no:
            form.add_error(None, sentence(no))
    return page(request, at, "points", form=form, owed=liabilities(), status=422 if form.is_bound else 200)


def _preview(market: Market, form: CouponForm) -> list[str]:
    """Raises BadCoupon for what could not be opened either."""
    draft = draft_coupon(market, form.new())
    return replay_words(draft, last_month(draft))
