"""A piece of a coupon changes its state."""

from __future__ import annotations

from jangteo.domains.promotions.models import CouponPiece, PieceMove
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def move_piece(*, piece: CouponPiece, to: CouponPiece.State, order_ref: str, won: int, actor: Actor) -> CouponPiece:
    """Write the locked piece and its move; `order_ref` is the order that takes it or lets go of it."""
    PieceMove.objects.create(
        market_id=piece.market_id,
        piece=piece,
        was=piece.state,
        became=to,
        order_ref=order_ref,
        actor_ref=actor.ref,
        at=clock.now(),
    )
    piece.state, piece.won, piece.changed_at = to, won, clock.now()
    piece.order_ref = "" if to == CouponPiece.State.FREE else order_ref
    piece.save(update_fields=["state", "won", "order_ref", "expires_at", "changed_at"])
    return piece
