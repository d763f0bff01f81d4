"""What happened with the money of one order, in sequence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from jangteo.domains.ledger.models import Entry, EntryLine, Hold
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.models import Giveback, Payment, Refund, Tender
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from jangteo.project.cli import ledger_words as words

LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened `at` a moment. `won` is None where no money moved."""

    at: datetime
    what: str
    won: int | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """`sums` are won by account in words, what is at zero left out."""

    order: Order
    market: str
    events: tuple[Event, ...]
    sums: dict[str, int]


def find_orders(text: str) -> list[Order]:
    """Orders of open markets by today's number, reference or the token of their page."""
    if text.isdecimal() and len(text) <= LONGEST_NUMBER:
        meant = Q(number=int(text), day=clock.today())
    else:
        meant = Q(ref=text) | Q(token=text)
    found: list[Order] = []
    for market in Market.objects.filter(state=Market.State.OPEN).order_by("pk"):
        with in_market(market.pk):
            found += Order.objects.filter(meant).select_related("market")
    return found


def story_of(order: Order) -> Story:
    """Everything the book and the payments know of the order."""
    with in_market(order.market_id):
        stalls = {str(pk): name for pk, name in Stall.objects.values_list("pk", "name")}
        causes = [f"order:{ref}" for ref in _refs(order)]
        entries = list(Entry.objects.filter(cause__in=causes).order_by("pk"))
        lines = _lines(entries)
        events = [
            Event(order.placed_at, f"{order.number}번 주문을 했어요"),
            *_tenders(order, stalls),
            *_holds(causes),
            *_decisions(order),
            *(event for entry in entries for event in _booked(entry, lines[entry.pk], stalls)),
        ]
    events.sort(key=lambda event: event.at)
    sums: dict[str, int] = defaultdict(int)
    for booked in lines.values():
        for code, amount in booked:
            sums[words.account(code, stalls)] += amount
    return Story(order, order.market.name, tuple(events), {name: won for name, won in sums.items() if won})


def _refs(order: Order) -> list[str]:
    """The order's own reference and those of its further payments."""
    further = Payment.objects.filter(order_ref__startswith=f"{order.ref}-").values_list("order_ref", flat=True)
    return [order.ref, *further]


def _lines(entries: list[Entry]) -> dict[int, list[tuple[str, int]]]:
    lines: dict[int, list[tuple[str, int]]] = defaultdict(list)
    found = EntryLine.objects.filter(entry__in=entries).order_by("pk")
    for entry_id, account, won in found.values_list("entry_id", "account", "amount_won"):
        lines[entry_id].append((account, won))
    return lines


def _tenders(order: Order, stalls: dict[str, str]) -> Iterator[Event]:
    for tender in Tender.objects.filter(order_ref=order.ref).order_by("pk"):
        kind = words.KINDS_OF_MONEY.get(tender.kind, tender.kind)
        where = f", {stalls.get(str(tender.stall_id), '')}에서" if tender.stall_id else ""
        saved = f" ({words.won(tender.saved_won)} 아꼈어요)" if tender.saved_won else ""
        yield Event(order.placed_at, f"낼 돈: {kind} {words.won(tender.won)}{where}{saved}")


def _holds(causes: list[str]) -> Iterator[Event]:
    ends = {"posted": "잡아 둔 돈을 썼어요", "void": "잡아 둔 돈을 풀었어요", "expired": "잡아 둔 시간이 끝나 풀렸어요"}
    for hold in Hold.objects.filter(cause__in=causes).order_by("pk"):
        name = words.account(hold.account, {})
        yield Event(hold.placed_at, f"{name} {words.won(hold.amount_won)}을 잡아 두었어요")
        if hold.ended_at is not None:
            yield Event(hold.ended_at, f"{name}: {ends[hold.state]}")


def _decisions(order: Order) -> Iterator[Event]:
    """Who decided that money goes back, and how far a gateway is with it."""
    told = set()
    for back in Giveback.objects.filter(order_ref=order.ref).order_by("pk"):
        told.add(back.reason)
        yield Event(back.at, f"{words.won(back.customer_won)}을 돌려주기로 했어요: {words.reason(back.reason)}")
    refunds = Refund.objects.filter(payment__order_ref__in=_refs(order)).select_related("payment")
    for refund in refunds.order_by("pk"):
        if refund.reason not in told:
            asked = f"{words.won(refund.amount_won)}을 돌려주기로 했어요: {words.reason(refund.reason)}"
            yield Event(refund.created_at, asked)
        if refund.state == Refund.State.REJECTED and not refund.payment.is_taken_back:
            yield Event(
                refund.changed_at, f"결제사가 {words.won(refund.amount_won)} 환불을 거절했어요. 사람이 풀어야 해요"
            )


def _booked(entry: Entry, lines: list[tuple[str, int]], stalls: dict[str, str]) -> Iterator[Event]:
    """An entry line by line: what the customer paid, what a stall got, what went back."""
    for code, amount in lines:
        name = words.account(code, stalls)
        if code.startswith("order:"):
            continue
        if entry.kind == "capture":
            yield Event(entry.at, f"{name}에서 {words.won(abs(amount))}을 받았어요", abs(amount))
        elif entry.kind == "refund":
            yield Event(entry.at, f"{name} 쪽으로 {words.won(abs(amount))}이 돌아갔어요", -abs(amount))
        elif code.endswith(":payable") and amount < 0:
            yield Event(entry.at, f"건네줬어요: {name} {words.won(-amount)}", -amount)
        elif entry.kind == "recorded" and amount > 0:
            yield Event(entry.at, f"건네줬어요: {name} {words.won(amount)}", amount)
        elif entry.kind not in ("allocate", "recorded"):
            yield Event(entry.at, f"{entry.kind}: {name} {amount:+,}원", amount)
