"""A customer's coupons against an amount at a stall: which fit, and the matrix of a sale that one pays part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.coupons import (
    FittingCoupon,
    OfferedCoupon,
    ToPay,
    columns_of,
    coupons_for,
    fitting_coupon,
)
from jangteo.domains.payments.actions.capture_tenders import PaidLine
from jangteo.domains.payments.actions.plan_tenders import PlannedTender
from jangteo.domains.payments.models import Tender
from jangteo.domains.payments.paid_orders import paid_order
from jangteo.domains.payments.rules.tenders import PAID_AT_STALL, TenderKind
from jangteo.kernel.money import split_won
from jangteo.kernel.tenancy import whole_market

# The two lines of a sale's matrix: what bears no VAT, and the rest.
EXEMPT, TAXED = "1", "2"


@dataclass(frozen=True, slots=True)
class ByCoupon:
    """Whose coupon pays part of a sale."""

    user_id: int
    coupon_id: str


@dataclass(frozen=True, slots=True)
class SaleMoney:
    """What is left of a sale: `own_won` of the customer, `coupon_won` of those who bear the coupon."""

    own_won: int
    coupon_won: int


def coupons_at(stall: Stall, user_id: int | None, won: int, way: str) -> list[OfferedCoupon]:
    """All that the customer could use here for so many won, the one that saves most first.

    What is good at other stalls alone stays out: it is nobody's business here. Queries as `coupons_for`.
    """
    offered = coupons_for(user_id, _goods(stall, won), [TenderKind(way)], lambda: known_at_counter(user_id))
    return [one for one in offered if not one.held.coupon.stalls or stall.pk in one.held.coupon.stalls]


def coupon_of_sale(sale: CounterSale, by: ByCoupon, way: str) -> FittingCoupon:
    """The coupon checked anew against the sale. Raises CouponUnknown, CouponOver, CouponDoesNotFit."""
    goods = _goods(sale.stall, sale.amount_won)
    known = known_at_counter(by.user_id, but=sale.pk)
    return fitting_coupon(by.coupon_id, by.user_id, goods, [TenderKind(way)], known=lambda: known)


def known_at_counter(user_id: int | None, *, but: int = 0) -> frozenset[int]:
    """Stalls at whose counters the customer has paid something, `but` one sale."""
    with whole_market():
        mine = CounterSale.objects.filter(customer_id=user_id, customer__isnull=False, state=SaleState.PAID)
        return frozenset(mine.exclude(pk=but).values_list("stall_id", flat=True))


def lines_to_pay(sale: CounterSale) -> list[PaidLine]:
    """What bears no VAT and what does."""
    parts = ((EXEMPT, sale.tax_free_won, True), (TAXED, sale.amount_won - sale.tax_free_won, False))
    return [PaidLine(key, sale.stall_id, won, exempt) for key, won, exempt in parts if won]


def columns(sale: CounterSale, fitting: FittingCoupon) -> list[PlannedTender]:
    """The coupon's columns, one for each who bears it, and that of the customer's own money."""
    wons = {line.key: line.won for line in lines_to_pay(sale)}
    plan = dict(zip(wons, split_won(fitting.worth.won, list(wons.values())), strict=True))
    coupon = fitting.coupon
    whole = PlannedTender(
        key=fitting.key, kind=TenderKind.COUPON, line_keys=frozenset(wons), plan=plan, needs_won=coupon.needs_won
    )
    shared = columns_of(coupon, whole, dict.fromkeys(wons, sale.stall_id))
    return [*shared, _own(sale, {key: won - plan[key] for key, won in wons.items()})]


def money_left(sale: CounterSale) -> SaleMoney:
    """Two queries where a coupon paid part of it, else none."""
    found = paid_order(sale.ref) if sale.coupon_won else None
    if found is None:
        return SaleMoney(sale.left_won - sale.coupon_won, sale.coupon_won)
    keys = [column.key for column in found.paid.coupons]
    coupon_won = sum(found.paid.left.tender_won(key) for key in keys)
    return SaleMoney(sale.left_won - coupon_won, coupon_won)


def own_tax_free_won(sale: CounterSale) -> int:
    """How much of the customer's own money is for what bears no VAT. One query where a coupon pays a part."""
    if not sale.coupon_won:
        return sale.tax_free_won
    own = Tender.objects.exclude(kind=TenderKind.COUPON).get(order_ref=sale.ref)
    return int(own.plan.get(EXEMPT, 0))


def _own(sale: CounterSale, plan: Mapping[str, int]) -> PlannedTender:
    kind = TenderKind(sale.way)
    at_stall = kind in PAID_AT_STALL
    return PlannedTender(
        key=f"{kind.value}:{sale.stall_id}" if at_stall else kind.value,
        kind=kind,
        line_keys=frozenset(plan),
        plan=plan,
        stall_id=sale.stall_id if at_stall else None,
    )


def _goods(stall: Stall, won: int) -> Sequence[ToPay]:
    """An amount names no goods: it is of the kind that the stall sells."""
    return [ToPay(EXEMPT, Good(stall=stall, kind_id=stall.kind_id), won)]
