"""What leaves the market by other hands: quick couriers, parcels, and the labels on them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.actions.call_quick import WantedQuick, call_quick
from jangteo.domains.carriers.actions.note_parcel import note_parcel
from jangteo.domains.carriers.actions.stop_quick import stop_quick
from jangteo.domains.carriers.actions.take_parcel_back import take_parcel_back
from jangteo.domains.carriers.errands import errand_to
from jangteo.domains.carriers.models import Parcel, QuickCall
from jangteo.domains.carriers.ports import CarrierRejected, CarrierUnknown
from jangteo.domains.carriers.queries import carried, last_call_to, leaving, orders_for_labels
from jangteo.domains.carriers.states import QUICK_CAN_STOP, QUICK_IS_OVER
from jangteo.domains.ordering.queries import OrderView
from jangteo.domains.ordering.queries_find import order_by_id
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.carried import carried_shown
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.labels import label_of
from jangteo.faces._parts.looking import seen
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.carrier_forms import ParcelForm, QuickForm
from jangteo.faces.office.done import went_well
from jangteo.faces.office.looking import customer_shown
from jangteo.faces.office.pages import page
from jangteo.kernel import clock, ids
from jangteo.kernel.errors import Refused


@require_safe
@for_office
def deliveries(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Today's orders that are brought, and earlier ones on their way."""
    rows = [(one.order, carried_shown(one)) for one in leaving(clock.today())]
    seen(request, at, Seen("orders", f"deliveries:{clock.today()}", people=len(rows)))
    return page(request, at, "deliveries", status=200, rows=rows, **_companies())


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def sending(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """One order's errand and parcels; a number is put in here."""
    view = order_by_id(order_id)
    form = ParcelForm(request.POST if request.method == "POST" else None, view)
    if form.is_valid():
        try:
            note_parcel(market=at.market, actor=at.actor, order_id=order_id, wanted=form.wanted())
        except Refused as no:
            form.add_error("number", forms.ValidationError(sentence(no), code=no.code))
        else:
            return went_well("parcel", "office:order_sending", order_id)
    return _delivery(request, at, view, form)


def _delivery(request: HttpRequest, at: AtOffice, view: OrderView, form: ParcelForm) -> HttpResponse:
    seen(request, at, Seen("order", f"order:{view.order.pk}"))
    way, customer = carried_shown(carried(view.order)), customer_shown(view.order, at)
    state = "" if way.quick is None else way.quick.row.state
    facts = {"view": view, "customer": customer, "way": way, "form": form, **_companies()}
    facts |= {"runs": state != "" and state not in QUICK_IS_OVER, "can_stop": state in QUICK_CAN_STOP}
    return page(request, at, "order_sending", status=422 if form.is_bound else 200, **facts)


def _companies() -> dict[str, object]:
    return {"quick": outside.quick(), "tracker": outside.tracker()}


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def quick(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """Where the door is, then what it costs; the courier is called with the last press only."""
    view = order_by_id(order_id)
    if request.method != "POST":
        return _quick(request, at, view, QuickForm(None, at.market, last_call_to(view.order)))
    form = QuickForm(request.POST, at.market)
    if not form.is_valid():
        return _quick(request, at, view, form, status=422)
    won, key = request.POST.get("won", ""), request.POST.get("key", "")
    if not (won.isascii() and won.isdecimal() and len(won) < 8 and key):
        return _priced(request, at, view, form)
    told = form.cleaned_data
    wanted = WantedQuick(told["point"], told["detail"], told["note"], int(won))
    call_quick(market=at.market, actor=at.actor, order_id=order_id, wanted=wanted, key=key)
    return went_well("quick", "office:order_sending", order_id)


def _quick(request: HttpRequest, at: AtOffice, view: OrderView, form: QuickForm, **more: object) -> HttpResponse:
    status = more.pop("status", 200)
    facts = {"view": view, "customer": customer_shown(view.order, at), "form": form, "quick": outside.quick(), **more}
    return page(request, at, "quick", status=status if isinstance(status, int) else 200, **facts)


def _priced(request: HttpRequest, at: AtOffice, view: OrderView, form: QuickForm) -> HttpResponse:
    """Ask what it costs. The company may not answer, or not go there: then that is said, and nothing was ordered."""
    courier = outside.quick()
    if courier is None:
        return _quick(request, at, view, form, status=409)
    errand = errand_to(at.market, view.order, form.cleaned_data["point"])
    try:
        won = courier.estimate(errand=errand)
    except (CarrierRejected, CarrierUnknown) as no:
        return _quick(request, at, view, form, status=409, refused=isinstance(no, CarrierRejected), silent=True)
    return _quick(request, at, view, form, won=won, key=ids.new_token())


@require_POST
@for_office
def stop(request: HttpRequest, at: AtOffice, errand_id: int) -> HttpResponse:
    call = QuickCall.objects.get(pk=errand_id)
    stop_quick(market=at.market, actor=at.actor, call_id=errand_id)
    return went_well("quick_stop", "office:order_sending", call.order_id)


@require_POST
@for_office
def take_back(request: HttpRequest, at: AtOffice, parcel_id: int) -> HttpResponse:
    parcel = Parcel.objects.get(pk=parcel_id)
    take_parcel_back(market=at.market, actor=at.actor, parcel_id=parcel_id)
    return went_well("parcel_back", "office:order_sending", parcel.order_id)


@require_safe
@for_office
def labels(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """A sheet for the chosen orders; who took it is written down."""
    chosen = {int(one) for one in request.GET.getlist("order") if one.isascii() and one.isdecimal() and len(one) < 16}
    found = orders_for_labels(chosen)
    if not found:
        return went_well("no_labels", "office:deliveries")
    seen(request, at, Seen("labels", f"labels:{clock.today()}", people=len(found)))
    made = outside.press().labels_pdf([label_of(at.market, one) for one in found])
    return HttpResponse(made, "application/pdf", headers={"Content-Disposition": 'attachment; filename="labels.pdf"'})
