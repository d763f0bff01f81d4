"""A customer types or scans a coupon's code."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.actions.give_piece import Giving, give_piece
from jangteo.domains.promotions.drafts import plain_code
from jangteo.domains.promotions.errors import CodeUnknown
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.kernel import clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def take_code(*, market: Market, actor: Actor, user_id: int, code: str) -> CouponPiece:
    """A piece of the coupon with the code; who holds one that is good has that one again.

    The caller counts the tries. Raises CodeUnknown, CouponOver, CouponUsedUp.
    """
    plain = plain_code(code)
    coupon = Coupon.objects.filter(code=plain, stopped_at=None).first() if plain else None
    if coupon is None:
        raise CodeUnknown
    mine = CouponPiece.objects.filter(coupon=coupon, user_id=user_id, state=CouponPiece.State.FREE)
    held = next((piece for piece in mine.order_by("pk") if piece.is_good(clock.now())), None)
    if held is not None:
        return held
    giving = Giving(user_id, f"code:{coupon.pk}:{user_id}:{ids.new_token()}", "code")
    return give_piece(coupon=coupon, giving=giving, actor=actor)
