"""An order takes a coupon until it is paid, or for good."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from jangteo.domains.promotions.actions.count_uses import count_uses
from jangteo.domains.promotions.actions.give_piece import Giving, give_piece
from jangteo.domains.promotions.actions.move_piece import move_piece
from jangteo.domains.promotions.errors import CouponNotYours, CouponOver
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.domains.promotions.rules import day_scope
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Use:
    """Whose order takes how many won by the coupon."""

    user_id: int
    order_ref: str
    won: int


@step
def hold_coupon(*, coupon: Coupon, use: Use, actor: Actor) -> CouponPiece:
    """The customer's piece that runs out first, or of an open coupon a new one, is the order's until it is freed.

    Raises CouponNotYours, CouponUsedUp, CouponOver.
    """
    if not coupon.can_be_used(clock.calendar_day()):
        raise CouponOver(name=coupon.name)
    piece = _piece(coupon, use, actor)
    count_uses(coupon=coupon, limits={day_scope(clock.calendar_day()): coupon.per_day})
    return move_piece(piece=piece, to=CouponPiece.State.TAKEN, order_ref=use.order_ref, won=use.won, actor=actor)


def _piece(coupon: Coupon, use: Use, actor: Actor) -> CouponPiece:
    if coupon.form == Coupon.Form.OPEN:
        return give_piece(coupon=coupon, giving=Giving(use.user_id, f"order:{use.order_ref}", "open"), actor=actor)
    free = CouponPiece.objects.filter(coupon=coupon, user_id=use.user_id, state=CouponPiece.State.FREE)
    mine = free.select_for_update().order_by(F("expires_at").asc(nulls_last=True), "pk")
    piece = next((one for one in mine if one.is_good(clock.now())), None)
    if piece is None:
        raise CouponOver(name=coupon.name) if coupon.is_over(clock.calendar_day()) else CouponNotYours
    return piece
