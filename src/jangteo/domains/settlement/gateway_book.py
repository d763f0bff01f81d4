"""What the ledger says a gateway has, movement by movement, in the words that its reports are compared in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from jangteo.domains.ledger.models import Entry as BookEntry
from jangteo.domains.ledger.models import EntryLine
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.reports_port import GatewaySettlement, GatewayTransaction
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.settlement.bills import GATEWAY, gateway_fee
from jangteo.domains.settlement.business_days import BankDays, korean_date
from jangteo.domains.settlement.models import GatewaySettled, PayoutTerms
from jangteo.domains.settlement.reconcile.comparing import Movement
from jangteo.domains.settlement.sales import ORDER

MOVES = ("capture", "refund")
VOUCHERS = (TenderKind.ONNURI_DIGITAL, TenderKind.ONNURI_PAPER, TenderKind.LOCAL_CURRENCY)
CAPTURE, AGAIN = ":capture", range(2, 6)


def entry_key(gateway: str, payment_key: str, key: str, amount_won: int) -> str:
    """The ledger's key of a movement that a gateway reports."""
    kind = "capture" if amount_won > 0 else f"cancel:{key}"
    return f"{gateway}:{payment_key}:{kind}"


def told_transactions(gateway: str, rows: Iterable[GatewayTransaction]) -> list[Movement]:
    """A report's movements; one that moved nothing is left out, and of a payment taken twice the last counts."""
    moved = (row for row in rows if row.amount_won)
    told = {
        (key := entry_key(gateway, row.payment_key, row.key, row.amount_won)): Movement(
            key, row.order_ref, row.amount_won, korean_date(row.at)
        )
        for row in moved
    }
    return list(told.values())


def told_settlements(gateway: str, rows: Iterable[GatewaySettlement]) -> list[Movement]:
    """A report's settlements."""
    told = {
        (key := entry_key(gateway, row.payment_key, row.key, row.amount_won)): Movement(
            key, row.order_ref, row.amount_won, row.sold_on, row.fee_won, row.paid_won, row.paid_on
        )
        for row in rows
    }
    return list(told.values())


def booked(gateway: str, terms: PayoutTerms, rows: Iterable[EntryLine]) -> list[Movement]:
    """Ledger lines of a gateway's account with the fee that is expected and the bank day they are due.

    A refund gives back what is too much for the rest: fees are rounded for what is left of the payment.
    """
    lines = list(rows)
    fees = _fees(gateway, terms, {row.entry.cause for row in lines})
    days = BankDays()
    return [
        Movement(
            key=as_told(row.entry.key),
            order=row.entry.cause.removeprefix(ORDER),
            amount=row.amount_won,
            day=korean_date(row.entry.at),
            fee=fees.get(row.entry_id),
            due=days.due(row.entry.at, terms.settle_after),
        )
        for row in lines
    ]


def lines_by_key(gateway: str, keys: Set[str]) -> QuerySet[EntryLine]:
    """Lines of these movements, whenever they were written."""
    again = {f"{key}:{number}" for key in keys if key.endswith(CAPTURE) for number in AGAIN}
    return _lines(gateway).filter(entry__key__in=keys | again)


def lines_of(gateway: str, refs: Collection[str]) -> QuerySet[EntryLine]:
    """Lines of these orders, whenever they were written."""
    return _lines(gateway).filter(entry__cause__in=[f"{ORDER}{ref}" for ref in refs])


def lines_between(gateway: str, since: datetime, until: datetime) -> QuerySet[EntryLine]:
    return _lines(gateway).filter(entry__at__gte=since, entry__at__lt=until)


def any_lines_between(since: datetime, until: datetime) -> QuerySet[EntryLine]:
    """The same of all gateways."""
    return _moved().filter(account__startswith=f"{GATEWAY}:", entry__at__gte=since, entry__at__lt=until)


def unsettled_lines(gateway: str, since: datetime, until: datetime) -> list[EntryLine]:
    """Those that the gateway has not paid out yet."""
    settled = GatewaySettled.objects.filter(gateway=gateway)
    waiting = list(lines_between(gateway, since, until).exclude(entry__key__in=settled.values("key")))
    late = set(settled.filter(key__in={as_told(row.entry.key) for row in waiting}).values_list("key", flat=True))
    return [row for row in waiting if as_told(row.entry.key) not in late]


def gateway_of(payment_keys: Collection[str], otherwise: str) -> str:
    """Whose file it is, by the payments that it names."""
    known = Payment.objects.filter(payment_key__in=payment_keys).values_list("gateway", flat=True).first()
    return known or otherwise


def expected_payouts(first: date, last: date) -> list[Movement]:
    """What gateways have announced to pay, one sum for each gateway and day."""
    sums: dict[tuple[str, date], int] = defaultdict(int)
    rows = GatewaySettled.objects.filter(paid_on__gte=first, paid_on__lte=last).order_by("paid_on", "gateway")
    for gateway, day, won in rows.values_list("gateway", "paid_on", "paid_won"):
        sums[gateway, day] += won
    return [
        Movement(f"{gateway}:{day.isoformat()}", "", won, day, due=day)
        for (gateway, day), won in sums.items()
        if won > 0
    ]


def voucher_moves(days: Sequence[date], since: datetime, until: datetime) -> list[Movement]:
    """What stalls took in vouchers. Nobody knows the operator's approval numbers here."""
    purses = Q()
    for kind in VOUCHERS:
        purses |= Q(account__startswith="stall:", account__endswith=f":{kind}")
    rows = EntryLine.objects.filter(purses, entry__at__gte=since, entry__at__lt=until).select_related("entry")
    moves = [
        Movement("", row.entry.cause.removeprefix(ORDER), row.amount_won, korean_date(row.entry.at))
        for row in rows.order_by("pk")
    ]
    return [move for move in moves if move.day in days]


def _lines(gateway: str) -> QuerySet[EntryLine]:
    return _moved().filter(account=f"{GATEWAY}:{gateway}")


def _moved() -> QuerySet[EntryLine]:
    """All but those that were taken back: a deposit that the bank took back never came."""
    taken_back = BookEntry.objects.filter(reverses=OuterRef("entry"))
    lines = EntryLine.objects.filter(~Exists(taken_back), entry__kind__in=MOVES)
    return lines.select_related("entry").order_by("pk")


def as_told(key: str) -> str:
    """An entry's key as its gateway knows it: a deposit that came a second time is the same payment there."""
    start, capture, _again = key.partition(f"{CAPTURE}:")
    return f"{start}{CAPTURE}" if capture else key


def _fees(gateway: str, terms: PayoutTerms, causes: Collection[str]) -> Mapping[int, int]:
    """Expected fees by entry; nothing where nobody has said what the gateway takes."""
    if terms.gateway_fee_bp is None:
        return {}
    left: dict[str, int] = defaultdict(int)
    fees: dict[int, int] = {}
    for row in _lines(gateway).filter(entry__cause__in=causes):
        cause = row.entry.cause
        before, left[cause] = left[cause], left[cause] + row.amount_won
        fees[row.entry_id] = gateway_fee(left[cause], terms.gateway_fee_bp) - gateway_fee(before, terms.gateway_fee_bp)
    return fees
