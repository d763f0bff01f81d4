"""Telling somebody who was drawn in a review event that their coupon is there."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.campaigns.actions.note_prize_told import note_prize_told
from jangteo.domains.campaigns.models import Dispatch
from jangteo.domains.campaigns.owed import Handed, Owed, hand_over
from jangteo.domains.campaigns.ports import Senders
from jangteo.domains.campaigns.queries_people import known_of, terms_of
from jangteo.domains.campaigns.rules import is_night
from jangteo.domains.promotions.models import CouponPiece
from jangteo.domains.reviews.models import ReviewEntry
from jangteo.domains.reviews.queries_events import reward_key
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown


def tell_of_prize(senders: Senders, entry_id: int, *, again: bool) -> Ending:
    """Once, by day, and not before the coupon is in their hand.

    They asked for it by taking part, so it is no advertising; a text about a coupon does not go as Alimtalk.
    """
    entry = ReviewEntry.objects.select_related("event", "market").get(pk=entry_id)
    key = f"prize:{entry.pk}"
    if Dispatch.objects.filter(key=key).exists():
        return Done()
    piece = CouponPiece.objects.select_related("coupon").filter(key=reward_key(entry.pk)).first()
    if piece is None:
        return Unknown("the coupon comes first")
    if is_night(clock.now()):
        return Unknown("it waits for the morning")
    terms = terms_of(entry.market)
    known = known_of([entry.user_id], None, None, terms).get(entry.user_id)
    if known is None:
        return Rejected("the account is gone")
    one = Owed(entry.market, key, words_of(entry, piece), f"/{entry.market.slug}/coupons/", again)
    ending = hand_over(senders, one, known, terms)
    if not isinstance(ending, Handed):
        return ending
    note_prize_told(market=entry.market, actor=SYSTEM, entry=entry, text=one.body, handed=ending)
    return Done()


def words_of(entry: ReviewEntry, piece: CouponPiece) -> str:
    """What it is, where it lies, and until when."""
    said = f"‘{entry.event.name}’에 당첨되셨어요. {entry.event.prize}, ‘내 쿠폰’에 넣어 드렸어요."
    # A piece ends at midnight, which belongs to the next day.
    own = piece.expires_at and (piece.expires_at - timedelta(microseconds=1)).astimezone(clock.KST).date()
    days = [day for day in (own, piece.coupon.ends) if day is not None]
    if not days:
        return said
    last = min(days)
    return f"{said} {last.month}월 {last.day}일까지 쓸 수 있어요."
