"""도장: put on a number, held out as a code, carried over from paper; begun and stopped."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.stamps.actions.carry_over_paper import carry_over_paper
from jangteo.domains.stamps.actions.make_code import make_code
from jangteo.domains.stamps.actions.put_stamp import put_stamp
from jangteo.domains.stamps.actions.resume_programme import resume_programme
from jangteo.domains.stamps.actions.start_programme import start_programme
from jangteo.domains.stamps.actions.stop_programme import stop_programme
from jangteo.domains.stamps.actions.take_back_stamp import take_back_stamp
from jangteo.domains.stamps.models import Programme
from jangteo.domains.stamps.purchases import SALE, id_of, sale_ref, visit_ref
from jangteo.domains.stamps.queries import running_at, shown_by_stall
from jangteo.faces._parts.devices import AtStall, for_stall, for_stall_itself
from jangteo.faces._parts.stamp_cards import paper_card
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.merchant import stamps as facts
from jangteo.faces.merchant.done import is_number
from jangteo.faces.merchant.pages import page, posted
from jangteo.faces.merchant.till_coupons import has_any, known_as
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate
from jangteo.kernel.qr import qr_svg

PUTS, PUTS_WINDOW = 120, timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def stamps(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The number and one button; below, what came of it today."""
    form = facts.StampForm(posted(request), initial={"key": facts.new_key()})
    if form.is_valid():
        try:
            check_rate(f"stamps:{at.stall.pk}", most=PUTS, window=PUTS_WINDOW)
            stamped = put_stamp(market=at.market, actor=at.actor, wanted=form.wanted(at.stall.pk))
            return HttpResponseRedirect(facts.told(at, stamped.purchase))
        except Refused as no:
            form.add_error("who", sentence(no))
    return _stamps(request, at, form)


@require_POST
@for_stall
def back(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The wrong number: for ten seconds."""
    purchase = facts.purchase_told(at, request.POST.get("put", ""))
    take_back_stamp(market=at.market, actor=at.actor, stall_id=at.stall.pk, purchase=purchase)
    return HttpResponseRedirect(f"{reverse('merchant:stamps')}?back=yes")


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall_itself
def start(request: HttpRequest, at: AtStall) -> HttpResponse:
    """What will be, drawn; one press begins it. A second press changes nothing."""
    one = facts.READY.get(request.POST.get("ready") or request.GET.get("ready", ""))
    if one is None or _own(at) is not None:
        return HttpResponseRedirect(reverse("merchant:stamps"))
    if request.method != "POST":
        drawn = facts.programme_of(one, at.stall.pk, 0)
        return page(request, at, "stamps_start", ready=one, paper=paper_card(drawn, at.stall.name, seed=1, live=1))
    coupon = make_coupon(market=at.market, actor=at.actor, new=facts.coupon_of(one, at.stall.pk))
    start_programme(market=at.market, actor=at.actor, new=facts.programme_of(one, at.stall.pk, coupon.pk))
    return HttpResponseRedirect(reverse("merchant:stamps"))


@require_POST
@for_stall_itself
def stop(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The stall's own programme; the market's is the association's."""
    own = _own(at)
    if own is None:
        return HttpResponseRedirect(reverse("merchant:stamps"))
    stop_programme(market=at.market, actor=at.actor, programme_id=own.pk, stall_id=at.stall.pk)
    return HttpResponseRedirect(f"{reverse('merchant:stamps')}?stopped={own.pk}")


@require_POST
@for_stall_itself
def resume(request: HttpRequest, at: AtStall) -> HttpResponse:
    number = request.POST.get("programme", "")
    programme_id = int(number) if is_number(number) else 0
    resume_programme(market=at.market, actor=at.actor, programme_id=programme_id, stall_id=at.stall.pk)
    return HttpResponseRedirect(reverse("merchant:stamps"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def paper(request: HttpRequest, at: AtStall) -> HttpResponse:
    """What stands on a paper card goes over, once a person."""
    form = facts.PaperForm(posted(request))
    if form.is_valid():
        try:
            carried = carry_over_paper(market=at.market, actor=at.actor, stall_id=at.stall.pk, **form.cleaned_data)
            return HttpResponseRedirect(facts.told(at, carried.purchase))
        except Refused as no:
            form.add_error("who", sentence(no))
    return page(request, at, "stamps_paper", form=form, own=_own(at), status=422 if form.is_bound else 200)


@require_POST
@for_stall
def make(request: HttpRequest, at: AtStall) -> HttpResponse:
    """A code for the sale that was just rung up, or for whoever stands there."""
    sale = facts.sale_to_stamp(request.POST.get("sale", ""), at.stall.pk)
    ref = visit_ref(facts.new_key()) if sale is None else sale_ref(sale.pk)
    made = make_code(market=at.market, actor=at.actor, stall_id=at.stall.pk, purchase=ref)
    return HttpResponseRedirect(reverse("merchant:stamps_code", args=[made.pk]))


@require_safe
@for_stall
def code(request: HttpRequest, at: AtStall, code_id: int) -> HttpResponse:
    """The code to hold out, until somebody has scanned it or its time is over."""
    shown = shown_by_stall(code_id, at.stall.pk)
    link = request.build_absolute_uri(reverse("stamps_at", args=[at.market.slug, shown.token]))
    is_over = shown.used_at is None and shown.expires_at <= clock.now()
    came = facts.just_put(at, facts.signed(at, shown.purchase)) if shown.used_at else None
    return page(request, at, "stamps_code", shown=shown, is_over=is_over, came=came, code=qr_svg(link))


def _own(at: AtStall) -> Programme | None:
    """The stall's own running programme."""
    return next((one for one in running_at(at.stall.pk) if one.stall_id is not None), None)


def _coupons(at: AtStall, put: facts.JustPut | None, told: str) -> dict[str, object]:
    """Whether the customer has something to use here: now, or next time where this sale is rung up already."""
    if put is None or not has_any(at, put.user_id):
        return {}
    is_paid = id_of(facts.purchase_told(at, told), SALE) is not None
    return {"coupon_next": True} if is_paid else {"coupon_who": known_as(at, put.user_id)}


def _stamps(request: HttpRequest, at: AtStall, form: facts.StampForm) -> HttpResponse:
    running, put = running_at(at.stall.pk), facts.just_put(at, request.GET.get("put", ""))
    sale = facts.sale_to_stamp(request.POST.get("sale") or request.GET.get("sale", ""), at.stall.pk)
    shown: dict[str, object] = {
        "form": form,
        "running": running,
        "own": next((one for one in running if one.stall_id is not None), None),
        "by_won": any(one.per_won for one in running),
        **{"sale": sale, "put": put},
        "done": facts.done_stamping(request.GET, put),
        **(facts.of_today(at) if running else {}),
    }
    shown |= {"ready": list(facts.READY.values()), **_coupons(at, put, request.GET.get("put", ""))}
    return page(request, at, "stamps", status=422 if form.is_bound else 200, **shown)
