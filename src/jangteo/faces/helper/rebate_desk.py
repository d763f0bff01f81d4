"""The rebate desk as a helper sees it: the queue, one number's table, the drawer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from jangteo.domains.campaigns import outside
from jangteo.domains.markets.queries import streets_of_stalls
from jangteo.domains.rebates.actions.lock_visit import OPEN
from jangteo.domains.rebates.desk_hours import is_all_gone, is_open
from jangteo.domains.rebates.models import RebateEvent, RebateVisit
from jangteo.domains.rebates.queries import current_rebate, hand_overs, last_payout, queue_of, visit_of
from jangteo.domains.rebates.table import table_of
from jangteo.faces._parts.devices import AtOffice
from jangteo.faces._parts.words.rebate_words import KIND_NAMES, kinds_on_table
from jangteo.faces.helper.pages import FRAGMENTS, page
from jangteo.faces.helper.rebate_forms import AmountsForm, DrawerForm, PaperForm, PersonForm
from jangteo.kernel import clock, live, masking
from jangteo.kernel.errors import Refused
from jangteo.kernel.qr import qr_svg

FRAGMENTS |= {"rebate_queue": "parts/rebate_queue", "rebate_table": "parts/rebate_table"}


def desk_page(request: HttpRequest, at: AtOffice, refused: Refused | None = None) -> HttpResponse:
    """Whose turn it is, how many wait, what is left. Without an event, what to do about that."""
    event = current_rebate()
    if event is None:
        return page(request, at, "rebate_none")
    now = clock.now()
    facts = {
        "event": event,
        "lines": queue_of(event, clock.business_day(now)),
        "is_open": is_open(event, now),
        "is_all_gone": is_all_gone(event, event.pots.all()),
        "refused": refused,
        "key": str(uuid.uuid4()),
        "kind_names": KIND_NAMES,
        "live_ticket": _ticket(at, event),
    }
    return page(request, at, "rebate_desk", status=_status(refused), **facts)


def table_page(
    request: HttpRequest,
    at: AtOffice,
    visit_id: int,
    refused: Refused | None = None,
    forms: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Three steps from top to bottom: who, which receipts, how many vouchers."""
    visit = visit_of(visit_id)
    event = visit.event
    table = table_of(event, visit)
    kinds = [pot.kind for pot in event.pots.all()]
    shown = {
        "visit": visit,
        "event": event,
        "table": table,
        "kinds": kinds_on_table(table.kinds),
        "is_over": visit.state in (RebateVisit.State.DONE, RebateVisit.State.LEFT),
        "payout": last_payout(visit.pk),
        "refused": refused,
        "person_form": PersonForm(),
        "paper_form": PaperForm(None, kinds=kinds, streets=streets_of_stalls()),
        "amounts_form": AmountsForm(None, kinds=kinds),
        "key": str(uuid.uuid4()),
        "live_ticket": _ticket(at, event),
        **(forms or {}),
    }
    return page(request, at, "rebate_table", status=422 if forms else _status(refused), **shown)


def drawer_page(request: HttpRequest, at: AtOffice, event: RebateEvent, form: DrawerForm) -> HttpResponse:
    """What should lie in the drawer, the form to say what does, and who handed it over before."""
    facts = {"event": event, "form": form, "overs": hand_overs(event.pk)}
    return page(request, at, "rebate_drawer", status=422 if form.is_bound else 200, **facts)


def _ticket(at: AtOffice, event: RebateEvent) -> str:
    return live.ticket([f"helpers:{at.market.pk}", f"rebate:{event.pk}"])


def _status(refused: Refused | None) -> int:
    return 200 if refused is None else 409


def ticket_page(
    request: HttpRequest, at: AtOffice, visit_id: int, *, typed: str = "", refused: Refused | None = None
) -> HttpResponse:
    """The number, its QR, and where its turn is told."""
    visit = visit_of(visit_id)
    address = request.build_absolute_uri(f"/{at.market.slug}/rebate/{visit.token}/") if at.market.slug else ""
    facts = {
        "visit": visit,
        "event": visit.event,
        "code": qr_svg(address) if address else "",
        "texts_leave": outside.texts_leave() and visit.state in OPEN,
        "told_at": masking.phone(visit.phone),
        "typed": typed,
        "refused": refused,
    }
    return page(request, at, "rebate_ticket", status=422 if refused else 200, **facts)
