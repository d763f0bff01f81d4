"""Give money of an order back, each kind the way it came, and write down which cells of the matrix it leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.payments.actions.claw_back import Refunded, claw_back
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.matrix_models import Cell, Giveback, GivebackLeg, Tender
from jangteo.domains.payments.models import CashbackGrant, Payment, Refund
from jangteo.domains.payments.paid_orders import Asked, PaidOrder, locked
from jangteo.domains.payments.rules.refunds import Leg, Quote, Terms, withhold, within_reach
from jangteo.domains.payments.rules.tenders import TenderKind, till_of
from jangteo.kernel import audit, clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Back:
    """What is asked back; see `Asked`. `reason` is unique within the order.

    `from_stalls` where the goods were handed over: then the stalls bear it, out of what they are owed or took.
    """

    order_ref: str
    asked: Asked
    reason: str
    terms: Terms
    from_stalls: bool = False


@step
def give_back(*, market_id: int, back: Back, actor: Actor) -> Giveback | None:
    """Give back what is asked, or answer what was given for the same reason before. None where nothing is left.

    The outside part goes through the outbox after commit; everything else is done here, in one entry of the book.
    Raises RefundOverLeft above what is left of a line, RefundTooLarge, InsufficientFunds.
    """
    order = locked(back.order_ref)
    if order is None:
        return None
    earlier = Giveback.objects.filter(order_ref=back.order_ref, reason=back.reason).first()
    if earlier is not None:
        return earlier
    quote = order.quote(back.asked, back.terms)
    if quote is None:
        return None
    quote = _less_cashback(order, quote, back, actor)
    row = Giveback.objects.create(
        market_id=market_id,
        order_ref=back.order_ref,
        reason=back.reason,
        precedence=back.terms.first,
        won=quote.won,
        customer_won=quote.customer_won,
        actor_ref=actor.ref,
        at=clock.now(),
    )
    cells = Cell.objects.bulk_create(_cells(order, quote, row))
    GivebackLeg.objects.bulk_create(_leg(order.tender(leg.tender), leg, row) for leg in quote.legs)
    _book(order, quote, row, cells if back.from_stalls else (), actor)
    audit.record(actor, "order.given_back", f"order:{back.order_ref}", amount_won=quote.customer_won)
    return row


def _less_cashback(order: PaidOrder, quote: Quote, back: Back, actor: Actor) -> Quote:
    """Cashback that is not earned any more comes back first; what of it is spent already is taken off the refund.

    Stalls give all of what they took by hand back: kept there, it would be money that nobody has in a book.
    """
    grant = CashbackGrant.objects.filter(order_ref=back.order_ref).first()
    if grant is None:
        return quote
    earning = [tender.key for tender in order.tenders if tender.policy == str(grant.policy_id)]
    kept_won = sum(quote.left.tender_won(key) for key in earning)
    by_hand = {tender.key for tender in order.tenders if tender.stall_id is not None}
    refunded = Refunded(back.order_ref, back.reason, kept_won, within_reach(quote, by_hand))
    taken = claw_back(market_id=grant.market_id, actor=actor, refunded=refunded)
    return withhold(quote, taken.deducted_won, by_hand)


def _cells(order: PaidOrder, quote: Quote, row: Giveback) -> list[Cell]:
    """What leaves each cell, coupons that lost their place included."""
    changes: dict[tuple[str, str], int] = {cell: -won for cell, won in quote.given.items()}
    for move in quote.moves:
        changes[move.line, move.coupon] = changes.get((move.line, move.coupon), 0) - move.won
        changes[move.line, move.tender] = changes.get((move.line, move.tender), 0) + move.won
    return [
        Cell(
            market_id=row.market_id,
            stall_id=order.stall_of[line],
            tender=order.tender(key),
            line_key=line,
            won=won,
            exempt=line in order.paid.exempt,
            giveback=row,
        )
        for (line, key), won in changes.items()
        if won
    ]


def _leg(tender: Tender, leg: Leg, row: Giveback) -> GivebackLeg:
    written = GivebackLeg(
        market_id=row.market_id,
        giveback=row,
        tender=tender,
        won=leg.won,
        tax_free_won=leg.tax_free_won,
        to=leg.to,
        state=GivebackLeg.State.DONE,
    )
    if tender.stall_id is not None:
        # What is only promised has not changed hands: the customer brings less.
        taken = tender.state == Tender.State.CAPTURED
        written.state = GivebackLeg.State.BY_HAND if taken else GivebackLeg.State.DONE
    elif leg.external:
        written.refund = _send(leg, row)
        written.state = GivebackLeg.State.SENT if written.refund else GivebackLeg.State.DONE
    return written


def _send(leg: Leg, row: Giveback) -> Refund | None:
    """None where the gateway holds nothing: the bank took the deposit back."""
    payment = Payment.objects.select_for_update().get(order_ref=row.order_ref)
    if not payment.captured_won:
        return None
    return request_refund(payment=payment, amount_won=leg.won, tax_free_won=leg.tax_free_won, reason=row.reason)


def _book(order: PaidOrder, quote: Quote, row: Giveback, from_stalls: Sequence[Cell], actor: Actor) -> None:
    """What stalls bear becomes the order's again, and the order's what accounts of this program get back.

    What a gateway is to send stays with the order until it says that it has.
    """
    lines: dict[str, int] = defaultdict(int)
    for cell in from_stalls:
        if cell.tender.stall_id:
            lines[f"stall:{cell.stall_id}:sales"] -= cell.won
            lines[till_of(cell.stall_id, TenderKind(cell.tender.kind))] += cell.won
        else:
            lines[f"stall:{cell.stall_id}:payable"] -= cell.won
            lines[f"order:{row.order_ref}"] += cell.won
    for leg in quote.legs:
        if account := order.tender(leg.tender).account:
            lines[account] -= leg.won
            lines[f"order:{row.order_ref}"] += leg.won
    if any(lines.values()):
        entry = NewEntry(f"giveback:{row.pk}", "refund", f"order:{row.order_ref}", lines)
        post_entry(market_id=row.market_id, actor=actor, entry=entry)
