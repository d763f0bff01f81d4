"""A customer has a coupon of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from jangteo.domains.promotions.actions.count_uses import count_uses
from jangteo.domains.promotions.errors import CouponOver
from jangteo.domains.promotions.models import Coupon, CouponPiece, PieceMove
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Giving:
    """`key` makes a repeat harmless, `reason` says to the customer and the office why."""

    user_id: int
    key: str
    reason: str = ""


@step
def give_piece(*, coupon: Coupon, giving: Giving, actor: Actor) -> CouponPiece:
    """Give a piece once for the key. It counts at once, so that nobody holds one that is used up.

    Raises CouponOver, CouponUsedUp.
    """
    moment = clock.now()
    earlier = CouponPiece.objects.filter(key=giving.key).first()
    if earlier is not None:
        return earlier
    if coupon.is_over(clock.calendar_day()):
        raise CouponOver(name=coupon.name)
    piece, is_new = CouponPiece.objects.get_or_create(
        market_id=coupon.market_id,
        key=giving.key,
        defaults={
            "coupon": coupon,
            "user_id": giving.user_id,
            "reason": giving.reason[:60],
            "given_at": moment,
            "changed_at": moment,
            "expires_at": expiry(coupon, moment),
        },
    )
    if is_new:
        count_uses(coupon=coupon, limits={"all": coupon.most, f"user:{giving.user_id}": coupon.per_person})
        PieceMove.objects.create(
            market_id=coupon.market_id, piece=piece, became=piece.state, actor_ref=actor.ref, at=moment
        )
    return piece


def expiry(coupon: Coupon, moment: datetime) -> datetime | None:
    """The end of the last day a piece that is given now is good on."""
    days = [] if coupon.lasts_days is None else [clock.calendar_day() + timedelta(days=coupon.lasts_days)]
    days += [] if coupon.ends is None else [coupon.ends]
    return clock.korean(min(days) + timedelta(days=1), datetime.min.time()) if days else None
