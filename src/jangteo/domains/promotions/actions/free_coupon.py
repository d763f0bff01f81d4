"""An order lets go of its coupon: nobody paid it, or all that the coupon paid was given back."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.promotions.actions.move_piece import move_piece
from jangteo.domains.promotions.actions.uncount_uses import uncount_uses
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.domains.promotions.rules import day_scope
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

# Who gets a coupon back on its last day, or after it, has time to use it.
AT_LEAST = timedelta(days=7)


@step
def free_coupon(*, order_ref: str, actor: Actor, refunded: bool = False) -> CouponPiece | None:
    """The customer has the coupon again, with a week to use it; None where the order has none any more.

    After a refund only where its rule says so. Of an open coupon nobody keeps a piece: it can be taken again.
    """
    pieces = CouponPiece.objects.select_for_update(of=("self",)).select_related("coupon")
    piece = pieces.filter(order_ref=order_ref, state=CouponPiece.State.TAKEN).first()
    if piece is None:
        return None
    coupon, taken_on = piece.coupon, piece.changed_at
    is_open = coupon.form == Coupon.Form.OPEN
    if refunded and coupon.back == Coupon.Back.GONE:
        return move_piece(piece=piece, to=CouponPiece.State.ENDED, order_ref=order_ref, won=0, actor=actor)
    scopes = {day_scope(taken_on.astimezone(clock.KST).date())}
    uncount_uses(coupon=coupon, scopes=scopes | ({"all", f"user:{piece.user_id}"} if is_open else set()))
    if piece.expires_at is not None:
        piece.expires_at = max(piece.expires_at, clock.now() + AT_LEAST)
    to = CouponPiece.State.ENDED if is_open else CouponPiece.State.FREE
    return move_piece(piece=piece, to=to, order_ref=order_ref, won=0, actor=actor)
