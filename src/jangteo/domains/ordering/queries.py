"""Orders as people look at them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import TypedDict

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.calendar import cycle_from_json, is_trading_day
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering import rules
from jangteo.domains.ordering.models import KioskOrder, Line, Order, Shortfall, StallPart
from jangteo.domains.ordering.rules import LineFacts
from jangteo.domains.ordering.states import PART_IS_OVER, PartState
from jangteo.domains.payments.models import Payment, Tender
from jangteo.kernel import clock
from jangteo.kernel.rows import Columns, Query

PICKUP_DAYS = 2
LOOK_AHEAD_DAYS = 12

# By hand and at once: every customer with an open order looks at it again and again.
_ORDER_BY_TOKEN = Query(
    [
        Columns(Order, "orders"),
        Columns(StallPart, "part"),
        Columns(Stall, "stall"),
        Columns(Line, "line"),
        "good.picture",
        "coalesce(short.state, '')",
        "EXISTS (SELECT FROM payments_tender tender WHERE tender.order_ref = orders.ref)",
    ],
    """
    FROM ordering_order orders
    JOIN ordering_stallpart part ON part.order_id = orders.id
    JOIN markets_stall stall ON stall.id = part.stall_id
    JOIN markets_street street ON street.id = stall.street_id
    JOIN ordering_line line ON line.part_id = part.id
    JOIN catalog_good good ON good.id = line.good_id
    LEFT JOIN ordering_shortfall short ON short.line_id = line.id
    WHERE orders.token = %(token)s AND {scope}
    ORDER BY street.position, stall.slot, part.id, line.id
    """,
    market="orders.market_id",
    stall="part.stall_id",
)


def facts_of(line: Line) -> LineFacts:
    """The numbers of a stored line."""
    return LineFacts(
        price_won=line.price_won,
        price_grams=line.price_grams,
        unit_grams=line.unit_grams,
        quantity=line.quantity,
        ceiling_won=line.ceiling_won,
        final_grams=line.final_grams,
        capped=line.capped,
    )


@dataclass(frozen=True, slots=True)
class LineView:
    """A line on a screen. `final_won` is None while a weighed line waits for the scale."""

    id: int
    good_id: int
    name: str
    unit: str
    origin: str
    picture: str
    price_won: int
    price_grams: int | None
    quantity: int
    is_weighed: bool
    estimate_grams: int | None
    final_grams: int | None
    estimate_won: int
    final_won: int | None
    due_won: int
    ceiling_won: int | None
    capped: bool
    short: str
    seen_won: int | None = None
    taken: int | None = None


@dataclass(frozen=True, slots=True)
class PaidAhead:
    """How an order was paid before its goods are fetched; `method` is the gateway's own word."""

    gateway: str
    pay_by: str
    method: str


class _Made(TypedDict):
    """An `AtKiosk` as the database tells it."""

    ticket: str
    tender: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class AtKiosk:
    """How an order was made at a kiosk; see `KioskOrder`."""

    ticket: str
    tender: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class PartView:
    """One stall's ticket. `may_bring_money` is False where the customer did not say to bring any.

    `paid_ahead` is told to stalls only, None for an order that is paid with them. `told` as in `StallPart`. `kiosk` is
    told to stalls only as well, None for an order that was not made at one.
    """

    id: int
    state: str
    refuse_reason: str
    stall: Stall
    changed_at: datetime
    lines: tuple[LineView, ...]
    may_bring_money: bool = True
    paid_ahead: PaidAhead | None = None
    told: str = ""
    kiosk: AtKiosk | None = None
    is_fee: bool = False

    @property
    def counts(self) -> bool:
        return self.state not in (PartState.REFUSED, PartState.CANCELLED)

    @property
    def due_won(self) -> int:
        return sum(line.due_won for line in self.lines) if self.counts else 0

    @property
    def is_final(self) -> bool:
        return all(line.final_won is not None for line in self.lines)

    @property
    def to_weigh(self) -> tuple[LineView, ...]:
        return tuple(line for line in self.lines if line.is_weighed and line.final_grams is None)


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with its tickets, in the order of the market's streets.

    `may_have_moneys` is False where nothing is written down of the money that pays it. `fee` is what the customer pays
    for the delivery, None where nothing; it is no ticket, and no stall's.
    """

    order: Order
    parts: tuple[PartView, ...]
    may_have_moneys: bool = True
    fee: PartView | None = None

    @property
    def paid_parts(self) -> tuple[PartView, ...]:
        """All that money is paid for: the tickets and the fee."""
        return self.parts if self.fee is None else (*self.parts, self.fee)

    @property
    def fee_won(self) -> int:
        return 0 if self.fee is None else self.fee.due_won

    @property
    def due_won(self) -> int:
        return sum(part.due_won for part in self.parts) + self.fee_won

    @property
    def most_won(self) -> int:
        """What it may come to at the most: ceilings for what is not weighed yet."""
        return self.fee_won + sum(
            line.ceiling_won if line.final_won is None and line.ceiling_won is not None else line.due_won
            for part in self.parts
            if part.counts
            for line in part.lines
        )

    @property
    def is_final(self) -> bool:
        return all(part.is_final for part in self.parts if part.counts)

    @property
    def has_receipt(self) -> bool:
        """Whether anything was handed over."""
        return any(part.state == PartState.HANDED_OVER for part in self.parts)

    @property
    def can_cancel(self) -> bool:
        return self.order.state in ("placed", "awaiting_payment") and all(
            part.state in (PartState.NEW, PartState.AWAITING_PAYMENT) for part in self.parts
        )


def order_by_token(token: str) -> OrderView | None:
    """The order that a link's token opens, in the market in scope."""
    rows = _ORDER_BY_TOKEN.rows(token=token)
    parts = []
    for part, group in groupby(rows, key=itemgetter(1)):
        of_part = list(group)
        part.stall = of_part[0][2]
        lines = (_line_view(line, picture, short) for *_, line, picture, short, _has_moneys in of_part)
        parts.append(_ticket(part, lines))
    return _of_parts(rows[0][0], parts, may_have_moneys=rows[0][-1]) if rows else None


def orders_by_tokens(tokens: Collection[str]) -> list[OrderView]:
    """Orders of these links, newest first."""
    return _with_parts(Order.objects.filter(token__in=tokens).order_by("-pk")) if tokens else []


def orders_of_user(user_id: int, most: int = 30) -> list[OrderView]:
    """A signed-in customer's orders, newest first."""
    return _with_parts(Order.objects.filter(user_id=user_id).order_by("-pk")[:most])


def tax_of_lines(order: Order) -> dict[int, bool]:
    """Whether each line of the order is free of VAT, by line: the good's own class when it was ordered."""
    lines = Line.objects.filter(part__order=order).values_list("pk", "tax")
    return {line_id: tax == Good.Tax.EXEMPT for line_id, tax in lines}


def parts_of_stall(stall_id: int, states: Collection[PartState], most: int = 100) -> list[tuple[Order, PartView]]:
    """A stall's tickets in these states, oldest first, each with its order."""
    promised = Tender.objects.filter(
        order_ref=OuterRef("order__ref"), stall_id=OuterRef("stall_id"), state=Tender.State.PROMISED
    )
    tickets = _parts().filter(stall_id=stall_id, state__in=states).select_related("order")
    parts = tickets.annotate(brings=Exists(promised), ahead=_ahead(), made=at_kiosk()).order_by("pk")[:most]
    short = _short_states(parts)
    return [
        (part.order, replace(_for_stall(part, short, part.ahead, part.made), may_bring_money=part.brings))
        for part in parts
    ]


def part_of_stall(part_id: int) -> tuple[Order, PartView]:
    """One ticket in scope with its order. Raises StallPart.DoesNotExist."""
    part = _parts().select_related("order").annotate(ahead=_ahead(), made=at_kiosk()).get(pk=part_id)
    return part.order, _for_stall(part, _short_states([part]), part.ahead, part.made)


def parts_over_since(stall_id: int, since: datetime, most: int = 100) -> list[tuple[Order, PartView]]:
    """A stall's tickets that ended since then, newest first, each with its order."""
    over = _parts().filter(stall_id=stall_id, state__in=PART_IS_OVER, changed_at__gte=since)
    parts = over.select_related("order").order_by("-changed_at", "-pk")[:most]
    short = _short_states(parts)
    return [(part.order, _part_view(part, short)) for part in parts]


def open_shortfalls() -> QuerySet[Shortfall]:
    """Paid lines whose goods were gone, waiting for someone, oldest first."""
    rows = Shortfall.objects.filter(state=Shortfall.State.OPEN).order_by("pk")
    return rows.select_related("line__part__order", "stall")


def sold_won(stall_id: int, start: datetime, end: datetime) -> int:
    """Won of the parts a stall handed over in [start, end)."""
    return sold_in(stall_id, [(start, end)])[0]


def sold_in(stall_id: int, spans: Sequence[tuple[datetime, datetime]]) -> list[int]:
    """The same for each of several spans, in one query; none of them may be empty of length."""
    wons = [0] * len(spans)
    lines = lines_handed_over(min(start for start, _ in spans), max(end for _, end in spans)).filter(stall_id=stall_id)
    within = reduce(or_, (Q(part__changed_at__gte=start, part__changed_at__lt=end) for start, end in spans))
    for line in lines.filter(within).select_related("part"):
        for place, (start, end) in enumerate(spans):
            if start <= line.part.changed_at < end:
                wons[place] += facts_of(line).due_won
    return wons


def lines_handed_over(start: datetime, end: datetime) -> QuerySet[Line]:
    """Lines that customers were given in [start, end) for money: what was paid back for a shortfall is left out."""
    paid_back = Shortfall.objects.filter(state=Shortfall.State.REFUNDED).values("line_id")
    given = Line.objects.filter(part__state=PartState.HANDED_OVER, part__is_fee=False).exclude(pk__in=paid_back)
    return given.filter(part__changed_at__gte=start, part__changed_at__lt=end)


def lines_given(order: Order) -> list[Line]:
    """What stalls handed over of an order for money."""
    paid_back = Shortfall.objects.filter(state=Shortfall.State.REFUNDED).values("line_id")
    given = Line.objects.filter(part__order=order, part__state=PartState.HANDED_OVER, part__is_fee=False)
    return list(given.exclude(pk__in=paid_back))


def pickup_times(market: Market, now: datetime) -> list[datetime]:
    """Half-hour pick-up times of the next market days, soonest first, in UTC."""
    first = now.astimezone(clock.KST).date()
    cycle = cycle_from_json(market.cycle)
    soon = [first + timedelta(days=ahead) for ahead in range(LOOK_AHEAD_DAYS)]
    days = [day for day in soon if cycle is None or is_trading_day(cycle, day)][:PICKUP_DAYS]
    return rules.pickup_times(opens_at=market.opens_at, closes_at=market.closes_at, now=now, days=days)


def _ahead() -> Subquery:
    """The payment of the part's order, in the statement that reads the part."""
    payments = Payment.objects.filter(order_ref=OuterRef("order__ref"))
    return Subquery(payments.values(told=JSONObject(gateway="gateway", pay_by="pay_by", method="method"))[:1])


def at_kiosk() -> Subquery:
    """How the part's order was made at a kiosk, the facts of an `AtKiosk` or null, in the same statement."""
    made = KioskOrder.objects.filter(order=OuterRef("order"))
    return Subquery(made.values(told=JSONObject(ticket="ticket", tender="tender", is_late="is_late"))[:1])


def _for_stall(part: StallPart, short: dict[int, str], ahead: dict[str, str] | None, made: _Made | None) -> PartView:
    view = _part_view(part, short)
    paid = None if ahead is None else PaidAhead(**ahead)
    return replace(view, paid_ahead=paid, kiosk=None if made is None else AtKiosk(**made))


def _parts(rows: QuerySet[StallPart] | None = None) -> QuerySet[StallPart]:
    lines = Prefetch("lines", queryset=Line.objects.select_related("good"))
    return (StallPart.objects.all() if rows is None else rows).select_related("stall").prefetch_related(lines)


def _with_parts(orders: Iterable[Order]) -> list[OrderView]:
    found = list(orders)
    return _views(found, _along_the_streets(_parts(StallPart.with_fees.filter(order__in=found))))


def _along_the_streets(parts: QuerySet[StallPart]) -> QuerySet[StallPart]:
    return parts.order_by("stall__street__position", "stall__slot")


def _views(orders: Collection[Order], parts: Iterable[StallPart]) -> list[OrderView]:
    short = _short_states(parts) if any(order.tender == Order.Tender.CARD for order in orders) else {}
    views: dict[int, list[PartView]] = {order.pk: [] for order in orders}
    for part in parts:
        views[part.order_id].append(_part_view(part, short))
    return [_of_parts(order, views[order.pk]) for order in orders]


def _of_parts(order: Order, parts: Sequence[PartView], *, may_have_moneys: bool = True) -> OrderView:
    fee = next((part for part in parts if part.is_fee), None)
    return OrderView(order, tuple(part for part in parts if not part.is_fee), may_have_moneys, fee)


def _short_states(parts: Iterable[StallPart]) -> dict[int, str]:
    """States of shortfalls by line. Only money that came late finds its goods gone, so only card orders have any."""
    return dict(Shortfall.objects.filter(line__part__in=list(parts)).values_list("line_id", "state"))


def _part_view(part: StallPart, short: dict[int, str]) -> PartView:
    return _ticket(part, (_line_view(line, line.good.picture, short.get(line.pk, "")) for line in part.lines.all()))


def _ticket(part: StallPart, lines: Iterable[LineView]) -> PartView:
    view = PartView(part.pk, part.state, part.refuse_reason, part.stall, part.changed_at, tuple(lines))
    return replace(view, told=part.told, is_fee=part.is_fee) if part.told or part.is_fee else view


def _line_view(line: Line, picture: str, short: str) -> LineView:
    facts = facts_of(line)
    given_back = short == Shortfall.State.REFUNDED
    return LineView(
        id=line.pk,
        good_id=line.good_id,
        name=line.name,
        unit=line.unit,
        origin=line.origin,
        picture=picture,
        price_won=line.price_won,
        price_grams=line.price_grams,
        quantity=line.quantity,
        is_weighed=line.price_grams is not None,
        estimate_grams=None if line.unit_grams is None else line.unit_grams * line.quantity,
        final_grams=line.final_grams,
        estimate_won=facts.estimate_won,
        final_won=0 if given_back else facts.final_won,
        due_won=0 if given_back else facts.due_won,
        ceiling_won=line.ceiling_won,
        capped=line.capped,
        short=short,
        seen_won=line.seen_won,
        taken=line.taken,
    )
