"""Orders that leave the market, what carries them, and what hangs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from jangteo.domains.carriers.checks import LEAVES
from jangteo.domains.carriers.models import Parcel, QuickCall
from jangteo.domains.carriers.rules import STILL_AFTER, UNANSWERED_AFTER, UNSEEN_AFTER, UNTAKEN_AFTER
from jangteo.domains.carriers.states import QUICK_IS_OVER, ParcelState, QuickState
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.kernel.tenancy import unscoped

MOST_SHOWN = 100
REFUSED_FOR = timedelta(hours=12)
READ_EVERY = timedelta(seconds=45)
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Leaving:
    """An order that is brought, the newest errand for it, and its parcels."""

    order: Order
    quick: QuickCall | None
    parcels: Sequence[Parcel]


def leaving(day: date) -> list[Leaving]:
    """Orders of a day that are brought, soonest first, then earlier ones whose errand or parcel runs. Three queries."""
    running = Q(pk__in=QuickCall.objects.exclude(state__in=QUICK_IS_OVER).values("order_id"))
    running |= Q(pk__in=_running().values("order_id"))
    orders = Order.objects.filter(fulfil=Order.Fulfil.DELIVER).exclude(address="")
    rows = orders.filter(Q(day=day, state__in=LEAVES) | running).order_by("-day", "wanted_at", "pk")
    return _joined(list(rows[:MOST_SHOWN]))


def carried(order: Order) -> Leaving:
    """The same for one order. Two queries."""
    return _joined([order])[0]


def orders_for_labels(order_ids: Collection[int]) -> list[Leaving]:
    """Those of these orders that leave, in the order in which they are wanted. Three queries."""
    rows = Order.objects.filter(pk__in=order_ids, fulfil=Order.Fulfil.DELIVER, state__in=LEAVES).exclude(address="")
    return _joined(list(rows.order_by("wanted_at", "pk")[:MOST_SHOWN]))


def last_call_to(order: Order) -> QuickCall | None:
    """The last errand to the same address, which knows where it is on the map."""
    calls = QuickCall.objects.filter(address=order.address, lat_micro__isnull=False).exclude(address="")
    return calls.order_by("-pk").first()


def hanging_calls(now: datetime) -> list[QuickCall]:
    """Errands somebody should look at: refused today, unanswered, untaken, or for an order that was called off."""
    stuck = Q(state=QuickState.ASKED, asked_at__lte=now - UNANSWERED_AFTER)
    stuck |= Q(state=QuickState.LOOKING, changed_at__lte=now - UNTAKEN_AFTER)
    stuck |= Q(order__state=OrderState.CANCELLED) & ~Q(state__in=QUICK_IS_OVER)
    refused = Q(
        state=QuickState.REFUSED, stop_asked_at=None, changed_at__gte=now - timedelta(hours=12), order__state__in=LEAVES
    )
    rows = QuickCall.objects.filter(stuck | refused).select_related("order").order_by("-pk")
    found: dict[int, QuickCall] = {}
    for call in rows:
        found.setdefault(call.order_id, call)
    newest = {row.order_id: row.pk for row in QuickCall.objects.filter(order_id__in=found).order_by("pk")}
    return [call for call in found.values() if newest[call.order_id] == call.pk]


def hanging_parcels(now: datetime) -> list[Parcel]:
    """Parcels with trouble, never seen though asked about, or seen last long ago."""
    silent = Q(state=ParcelState.NOTED, noted_at__lte=now - UNSEEN_AFTER) | Q(news_at__lte=now - STILL_AFTER)
    rows = _running().filter(~Q(trouble="") | silent)
    return list(rows.select_related("order", "stall").order_by("news_at", "pk")[:MOST_SHOWN])


def call_by_ref(ref: str) -> tuple[Market, str] | None:
    """The market of an errand and the company that has it, None for no errand of ours."""
    with unscoped():
        call = QuickCall.objects.filter(ref=ref).select_related("market").first()
    return None if call is None else (call.market, call.company)


def calls_to_read(now: datetime) -> list[QuickCall]:
    """Errands that run in any market and were not heard of just now."""
    with unscoped():
        rows = QuickCall.objects.exclude(state__in=[*QUICK_IS_OVER, QuickState.ASKED])
        return list(
            rows.filter(changed_at__lte=now - READ_EVERY).select_related("market").order_by("pk")[:MOST_AT_ONCE]
        )


def parcels_to_look(now: datetime) -> list[Parcel]:
    """Parcels of any market that are to be asked about."""
    with unscoped():
        rows = Parcel.objects.filter(look_at__lte=now).select_related("market")
        return list(rows.order_by("look_at", "pk")[:MOST_AT_ONCE])


def _running() -> QuerySet[Parcel]:
    return Parcel.objects.filter(taken_back_at=None, look_at__isnull=False).exclude(state=ParcelState.DELIVERED)


def _joined(orders: list[Order]) -> list[Leaving]:
    ids = [order.pk for order in orders]
    quick = {call.order_id: call for call in QuickCall.objects.filter(order_id__in=ids).order_by("pk")}
    parcels: dict[int, list[Parcel]] = defaultdict(list)
    for parcel in Parcel.objects.filter(order_id__in=ids, taken_back_at=None).select_related("stall").order_by("pk"):
        parcels[parcel.order_id].append(parcel)
    return [Leaving(order, quick.get(order.pk), parcels[order.pk]) for order in orders]
