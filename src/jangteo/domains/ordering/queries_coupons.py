"""What coupons cost until now, and what one would have cost last month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Sum

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments.models import Cell, Tender
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.domains.promotions.replay import Bought, Replay, replayed
from jangteo.domains.promotions.rules import Goods
from jangteo.kernel import clock
from jangteo.kernel.tenancy import whole_market

DAYS = 30
# What a large market sells in a month; beyond it the newest are looked at.
MOST_LINES = 30_000
SOLD = (OrderState.PLACED, OrderState.CLOSED)


@dataclass(frozen=True, slots=True)
class Spent:
    """Won that coupons paid and that stayed paid, and of it by account who bears what."""

    won: int = 0
    by_account: Mapping[str, int] = field(default_factory=dict)


def spent_on(coupons: Collection[Coupon]) -> dict[int, Spent]:
    """What each coupon has paid of orders whose money is there, less what went back. One query, none for none."""
    if not coupons:
        return {}
    taken = CouponPiece.objects.filter(coupon__in=[one.pk for one in coupons]).exclude(order_ref="")
    with whole_market():
        cells = Cell.objects.filter(tender__order_ref__in=taken.values("order_ref"), tender__kind=TenderKind.COUPON)
        rows = list(cells.values_list("tender__coupon", "tender__account").annotate(won=Sum("won")))
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for coupon, account, won in rows:
        found[int(coupon)][account] += won
    return {coupon: Spent(sum(accounts.values()), dict(accounts)) for coupon, accounts in found.items()}


def last_month(coupon: Coupon) -> Replay:
    """The coupon, which need not be saved, on the orders of the last thirty days. Four queries, whatever was sold."""
    since = clock.now() - timedelta(days=DAYS)
    with whole_market():
        lines = Line.objects.filter(part__order__placed_at__gte=since, part__order__state__in=SOLD, part__is_fee=False)
        newest = list(lines.select_related("part__order", "good__stall").order_by("-pk")[:MOST_LINES])
        known = _known_before(since)
    kinds = dict(Good.objects.values_list("pk", "kind__key")) if coupon.kinds else {}
    bought = _bought(reversed(newest), kinds)
    tenders = _tenders([one.ref for one in bought]) if coupon.tenders else {}
    return replayed(coupon, [one.paid_with(tenders.get(one.ref, ())) for one in bought], known, DAYS)


def _known_before(since: object) -> dict[str, frozenset[int]]:
    """The stalls that each person had bought at before, by person."""
    sold = StallPart.objects.filter(order__placed_at__lt=since, order__state__in=SOLD)
    found: dict[str, set[int]] = defaultdict(set)
    for user, phone, stall in sold.values_list("order__user_id", "order__phone", "stall_id").distinct():
        found[_person(user, phone)].add(stall)
    return {person: frozenset(stalls) for person, stalls in found.items()}


def _person(user_id: int | None, phone: str) -> str:
    return f"user:{user_id}" if user_id is not None else f"phone:{phone}"


def _bought(lines: Iterable[Line], kinds: Mapping[int, str]) -> list[Bought]:
    orders: dict[int, Order] = {}
    goods: dict[int, list[Goods]] = defaultdict(list)
    for line in lines:
        order = line.part.order
        orders[order.pk] = order
        mine = frozenset({kinds[line.good_id]}) if line.good_id in kinds else frozenset[str]()
        goods[order.pk].append(Goods(str(line.pk), line.stall_id, mine, facts_of(line).due_won))
    return [
        Bought(
            ref=order.ref,
            person=_person(order.user_id, order.phone),
            signed_in=order.user_id is not None,
            at=order.placed_at.astimezone(clock.KST),
            goods=tuple(goods[pk]),
            tenders=frozenset({"card" if order.tender == Order.Tender.CARD else "cash"}),
        )
        for pk, order in orders.items()
    ]


def _tenders(refs: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for ref, kind in Tender.objects.filter(order_ref__in=refs).values_list("order_ref", "kind"):
        found[ref].add(kind)
    return found
