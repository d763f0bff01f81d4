"""An order paid with a coupon of two funders, points and a card: what one basket can come to at the most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.payments.actions.apply_snapshot import apply_snapshot
from jangteo.domains.payments.actions.capture_tenders import PaidLine, capture_tenders
from jangteo.domains.payments.actions.open_payment import open_payment
from jangteo.domains.payments.actions.plan_tenders import PlannedTender, plan_tenders
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.domains.payments.rules import matrix
from jangteo.domains.payments.rules.coupons import Funder, by_funder
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market

CITY, STALLS, POINTS = "subsidy:city", "discount:stalls", "points:12"
COUPON_WON, POINTS_WON = 5_000, 1_234
LOADED = {CITY: 100_000, POINTS: 2_000}


@contextmanager
def working(market: Market) -> Iterator[None]:
    """Inside an action of the market."""
    with in_market(market.pk), transaction.atomic():
        yield


def pay_with_three(market: Market, order_id: int) -> Order:
    """Pay a placed order: 60 % of the coupon by the city, 40 % by the stalls, points, the rest by card."""
    with working(market):
        found = Order.objects.get(pk=order_id)
        for account, won in LOADED.items():
            entry = NewEntry(f"load:{found.ref}:{account}", "load", "test", {"bank:1": won, account: -won})
            post_entry(market_id=market.pk, actor=SYSTEM, entry=entry)
        lines = _lines(found)
        columns = _columns(lines)
        card, exempt = columns[-1], {line.key for line in lines if line.exempt}
        payment = open_payment(
            market_id=market.pk,
            gateway="toss",
            order_ref=found.ref,
            amount_won=card.won,
            tax_free_won=sum(won for line, won in card.plan.items() if line in exempt),
        )
        later = clock.now() + timedelta(minutes=15)
        plan_tenders(market_id=market.pk, order_ref=found.ref, tenders=columns, hold_until=later)
        seen = Snapshot(f"pk-{found.ref}", found.ref, GatewayState.DONE, card.won, card.won, "카드", None, "", ())
        apply_snapshot(payment=payment, snapshot=seen, actor=SYSTEM)
        capture_tenders(market_id=market.pk, order_ref=found.ref, lines=lines, actor=SYSTEM)
    return found


def hand_everything_over(market: Market, found: Order) -> None:
    """Weighed lines come to what was expected."""
    with in_market(market.pk):
        parts = list(StallPart.objects.filter(order=found))
        weighed = list(Line.objects.filter(part__order=found, price_grams__isnull=False))
    for part in parts:
        accept_part(market=market, actor=SYSTEM, part_id=part.pk)
    for line in weighed:
        weigh_line(market=market, actor=SYSTEM, line_id=line.pk, grams=(line.unit_grams or 0) * line.quantity)
    for part in parts:
        ready_part(market=market, actor=SYSTEM, part_id=part.pk)
        hand_over_part(market=market, actor=SYSTEM, part_id=part.pk)


def _lines(found: Order) -> list[PaidLine]:
    rows = Line.objects.filter(part__order=found)
    return [PaidLine(str(line.pk), line.stall_id, facts_of(line).most_won, line.tax == "exempt") for line in rows]


def _columns(lines: Sequence[PaidLine]) -> list[PlannedTender]:
    """The card is the last."""
    keys = frozenset(line.key for line in lines)
    card_won = sum(line.won for line in lines) - COUPON_WON - POINTS_WON
    coupon = matrix.Tender("coupon", TenderKind.COUPON, COUPON_WON, keys)
    tenders = [
        *by_funder(coupon, [Funder("city", 6_000), Funder("stalls", 4_000)]),
        matrix.Tender("points", TenderKind.POINTS, POINTS_WON, keys),
        matrix.Tender("card", TenderKind.CARD, card_won, keys),
    ]
    paid = matrix.allocate([matrix.Line(line.key, line.won) for line in lines], tenders).matrix
    accounts = {"coupon#city": CITY, "coupon#stalls": STALLS, "points": POINTS}
    return [
        PlannedTender(
            key=tender.key,
            kind=tender.kind,
            line_keys=keys,
            plan={line.key: paid.row(line.key)[tender.key] for line in lines},
            coupon="coupon" if tender.kind is TenderKind.COUPON else "",
            account=accounts.get(tender.key, ""),
        )
        for tender in tenders
    ]
