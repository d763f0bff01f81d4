"""What moved on the stalls' accounts between two ledger entries, and how each sale was paid: read here only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max, Sum

from jangteo.domains.ledger.models import Entry, EntryLine
from jangteo.domains.payments.models import Cell
from jangteo.domains.settlement.bills import GATEWAY, Is, Move, Share

# What a stall is owed; what it sold for money in its own hand, whose other side says which money that was.
PAYABLE, SALES, TILL = "payable", "sales", "till"
# Kinds of entries that settling itself writes; a reversed pay-out is money that came back.
SETTLING, PAYOUT = "settlement", "payout"
# What stalls and the town bear of a delivery's fee.
FEE_SHARE = "fee_share"
ORDER = "order:"
CAME_IN = ("capture", "recorded")
# How the keys of entries begin that give money of an order back.
GIVEN_BACK = "giveback:"


@dataclass(frozen=True, slots=True)
class Span:
    """Entries after one and up to another."""

    after: int
    until: int


def last_entry(before: datetime | None = None) -> int:
    """The newest entry of the market in scope, or the newest that was written before then; 0 without any."""
    entries = Entry.objects.all() if before is None else Entry.objects.filter(at__lt=before)
    return entries.aggregate(last=Max("pk"))["last"] or 0


def stall_moves(span: Span, stall_id: int | None = None) -> dict[int, list[Move]]:
    """Movements by stall, oldest first. Four queries for all stalls together."""
    account = f"stall:{stall_id}:" if stall_id else "stall:"
    lines = EntryLine.objects.filter(entry_id__gt=span.after, entry_id__lte=span.until, account__startswith=account)
    rows = list(lines.exclude(account__endswith=f":{SALES}").select_related("entry__reverses").order_by("pk"))
    paid = paid_with({row.entry.cause for row in rows}, stall_id)
    moves: dict[int, list[Move]] = defaultdict(list)
    sold_here: set[tuple[int, str]] = set()
    for row in rows:
        stall = int(row.account.split(":")[1])
        for move in _moves(row, stall, paid):
            key = (stall, row.entry.cause)
            if move.kind is Is.SOLD:
                sold_here.add(key)
            late = move.kind is Is.BACK and key not in sold_here
            moves[stall].append(replace(move, was_paid_out=late))
    return dict(moves)


def paid_with(causes: Collection[str], stall_id: int | None = None) -> dict[tuple[str, int], Mapping[Share, int]]:
    """How each order's goods of each stall were paid: by its matrix, else by what came in for the order as a whole.

    The key is (cause, stall id), with stall id 0 for the whole order; for what stalls gave back of it, (the entry's
    key, stall id). So who bears which won of a coupon comes out as it was, however much went back in between.
    """
    whole: dict[str, Counter[Share]] = defaultdict(Counter)
    came_in = EntryLine.objects.filter(entry__cause__in=causes, entry__kind__in=CAME_IN, amount_won__gt=0)
    for cause, account, won in came_in.values_list("entry__cause", "account", "amount_won"):
        whole[cause][share_of(account)] += won
    found: dict[tuple[str, int], Mapping[Share, int]] = {(cause, 0): shares for cause, shares in whole.items()}
    return found | _by_matrix(causes, whole, stall_id)


def share_of(account: str) -> Share:
    """The kind of money that comes in on an account."""
    word, _, owner = account.partition(":")
    if word == GATEWAY:
        return Share("card", account)
    return Share(owner.partition(":")[0] if word == "voucher" else word, account)


def receivables() -> dict[int, int]:
    """What stalls owe, by stall."""
    rows = EntryLine.objects.filter(account__startswith="receivable:stall:").values_list("account")
    return {int(account.split(":")[2]): won for account, won in rows.annotate(won=Sum("amount_won")) if won > 0}


def _moves(row: EntryLine, stall: int, paid: Mapping[tuple[str, int], Mapping[Share, int]]) -> list[Move]:
    """The row as movements; none for what settling wrote, which is in a statement already."""
    entry, (_, _, purse) = row.entry, row.account.split(":")
    if entry.kind in (SETTLING, PAYOUT):
        return []
    if purse != PAYABLE:
        # The stall has this money in its hand: sold, and nothing of it is ever paid out.
        share = Share("cash" if purse == TILL else purse, f"cash:{row.account}")
        sold = Move(Is.SOLD if row.amount_won > 0 else Is.BACK, row.amount_won, {share: 1})
        return [sold, Move(Is.DIRECT, -row.amount_won, {})]
    if entry.kind == FEE_SHARE:
        return [Move(Is.DELIVERY, -row.amount_won, {})]
    if entry.reverses is not None and entry.reverses.kind == PAYOUT:
        return [Move(Is.LEFT, -row.amount_won, {})]
    weights = paid.get((entry.key, stall)) or paid.get((entry.cause, stall)) or paid.get((entry.cause, 0)) or {}
    return [Move(Is.SOLD if row.amount_won < 0 else Is.BACK, -row.amount_won, weights)]


def _by_matrix(
    causes: Collection[str], whole: Mapping[str, Mapping[Share, int]], stall_id: int | None
) -> dict[tuple[str, int], Mapping[Share, int]]:
    """What was paid ahead; what the stall took in its own hand stands on accounts of its own.

    Sold is what was left when the stall had sold it: all but what it gave back itself, out of what it was owed.
    """
    refs = [cause.removeprefix(ORDER) for cause in causes if cause.startswith(ORDER)]
    cells = Cell.objects.filter(tender__order_ref__in=refs, tender__stall=None)
    borne = _borne(causes)
    found: dict[tuple[str, int], Counter[Share]] = defaultdict(Counter)
    of_stall = cells.filter(stall_id=stall_id) if stall_id else cells
    for cell in of_stall.select_related("tender").order_by("pk"):
        cause, tender = ORDER + cell.tender.order_ref, cell.tender
        at_gateway = (share.account for share in whole.get(cause, {}) if share.word == GATEWAY)
        share = Share(tender.key, tender.account or next(at_gateway, "other"))
        back = f"{GIVEN_BACK}{cell.giveback_id}"
        if (back, cell.stall_id) in borne:
            found[back, cell.stall_id][share] -= cell.won
        else:
            found[cause, cell.stall_id][share] += cell.won
    return {key: +shares for key, shares in found.items() if min(shares.values()) >= 0}


def _borne(causes: Collection[str]) -> set[tuple[str, int]]:
    """Entries by which stalls gave money back out of what they are owed, each with its stall."""
    lines = EntryLine.objects.filter(entry__cause__in=causes, entry__key__startswith=GIVEN_BACK)
    rows = lines.filter(account__startswith="stall:", account__endswith=f":{PAYABLE}")
    return {(key, int(account.split(":")[1])) for key, account in rows.values_list("entry__key", "account")}
