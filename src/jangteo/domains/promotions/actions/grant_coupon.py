"""Somebody is given a coupon: a reward, an apology, a present."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.actions.give_piece import Giving, give_piece
from jangteo.domains.promotions.errors import CouponUnknown
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def grant_coupon(
    *, market: Market, actor: Actor, coupon_id: int, user_id: int, key: str, reason: str = ""
) -> CouponPiece:
    """Give the customer one piece of the coupon, once for the key: a repeat answers the same piece.

    Inside another action `give_piece` does the same. Raises CouponUnknown, CouponOver, CouponUsedUp.
    """
    coupon = Coupon.objects.filter(pk=coupon_id).first()
    if coupon is None:
        raise CouponUnknown
    piece = give_piece(coupon=coupon, giving=Giving(user_id, key, reason), actor=actor)
    audit.record(actor, "coupon.given", f"coupon:{coupon.pk}", name=coupon.name, reason=piece.reason)
    return piece
