"""Coupons that a customer can use, and how far each is used up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, Sum

from jangteo.domains.ledger.models import LimitedAccount
from jangteo.domains.promotions.models import Coupon, CouponCount, CouponPiece, PointGrant, PointTerms, of_giver
from jangteo.domains.promotions.rules import day_scope
from jangteo.kernel import clock

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Held:
    """A coupon in a customer's hand: how many pieces, and when the first of them runs out (None: with the coupon).

    `left_won` is the least that one of its funders has left, None where stalls bear all of it.
    """

    coupon: Coupon
    pieces: int
    until: datetime | None
    left_won: int | None
    used_up: bool

    @property
    def can_pay(self) -> bool:
        return not self.used_up and (self.left_won is None or self.left_won > 0)


def coupons_of(user_id: int, *, stalls: Collection[int] | None = None) -> list[Held]:
    """Coupons that the customer could use today, their own and open ones. One query where there are none, else four.

    `stalls`: without the open ones of other stalls.
    """
    day, moment = clock.calendar_day(), clock.now()
    pieces: dict[int, list[CouponPiece]] = {}
    good = Q(expires_at=None) | Q(expires_at__gt=moment)
    free = CouponPiece.objects.filter(good, user_id=user_id, state=CouponPiece.State.FREE).order_by("pk")
    mine = Q(pk__in=free.values("coupon_id"))
    anybody = Q(form=Coupon.Form.OPEN) & (Q(ends=None) | Q(ends__gte=day))
    if stalls is not None:
        anybody &= Q(stall=None) | Q(stall__in=stalls)
    found = list(Coupon.objects.filter(mine | anybody, stopped_at=None).select_related("stall").order_by("pk"))
    if not found:
        return []
    for piece in free:
        pieces.setdefault(piece.coupon_id, []).append(piece)
    usable = [one for one in found if one.form == Coupon.Form.OPEN or one.pk in pieces]
    return _held(usable, pieces, user_id)


def _held(coupons: list[Coupon], pieces: dict[int, list[CouponPiece]], user_id: int) -> list[Held]:
    full = full_scopes(coupons, ("all", f"user:{user_id}", day_scope(clock.calendar_day())))
    left = budgets_left(coupons)
    held = []
    for coupon in coupons:
        own = pieces.get(coupon.pk, [])
        # Pieces are counted when they are given; an open coupon when it is used.
        closed = full.get(coupon.pk, set()) - (set() if coupon.form == Coupon.Form.OPEN else {"all", f"user:{user_id}"})
        ends = [piece.expires_at for piece in own if piece.expires_at is not None]
        held.append(
            Held(
                coupon=coupon,
                pieces=len(own) or 1,
                until=min(ends) if ends else None,
                left_won=left.get(coupon.pk),
                used_up=bool(closed),
            )
        )
    return held


def full_scopes(coupons: Iterable[Coupon], scopes: Collection[str]) -> dict[int, set[str]]:
    """By coupon the limits among these that are reached."""
    rows = CouponCount.objects.filter(coupon__in=[one.pk for one in coupons], scope__in=scopes)
    full: dict[int, set[str]] = {}
    for row in rows:
        if row.used >= row.most:
            full.setdefault(row.coupon_id, set()).add(row.scope)
    return full


def budgets_left(coupons: Iterable[Coupon]) -> dict[int, int]:
    """By coupon the least that a funder of it has left; none for what stalls bear alone."""
    accounts = {account: one.pk for one in coupons for account in one.budgets.values()}
    left: dict[int, int] = {}
    if not accounts:
        return left
    for row in LimitedAccount.objects.filter(account__in=list(accounts)):
        won = row.balance_won - row.held_won - row.floor_won
        coupon = accounts[row.account]
        left[coupon] = min(won, left.get(coupon, won))
    return left


def over_with_budget() -> list[int]:
    """Ids of coupons that are over or stopped and whose funders' money lies there, used and held by nobody.

    Not while somebody has a piece that came back and is good for some days yet. Two queries.
    """
    free = LimitedAccount.objects.filter(account__startswith="subsidy:", balance_won__gt=F("held_won"))
    # A scheme's own budget names no coupon: "subsidy:<program>".
    named = (account.split(":") for account in free.values_list("account", flat=True))
    ids = {int(parts[2]) for parts in named if len(parts) == 3 and parts[2].isdecimal()}
    good = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    in_hand = CouponPiece.objects.filter(good, state=CouponPiece.State.FREE).values("coupon_id")
    ended = Q(ends__lt=clock.calendar_day()) & ~Q(pk__in=in_hand)
    over = Coupon.objects.filter(Q(stopped_at__isnull=False) | ended, pk__in=ids)
    return list(over.order_by("pk").values_list("pk", flat=True)) if ids else []


def uses(coupons: Iterable[Coupon]) -> dict[int, int]:
    """How many orders have each coupon now."""
    taken = CouponPiece.objects.filter(coupon__in=[one.pk for one in coupons], state=CouponPiece.State.TAKEN)
    return dict(taken.values_list("coupon_id").annotate(times=Count("pk")))


def coupons_of_maker(stall_id: int | None) -> list[Coupon]:
    """What a stall (None: the association) offers or has offered, newest first, running ones before."""
    made = Coupon.objects.filter(of_giver(stall_id)).order_by("-pk")
    return sorted(made, key=lambda one: one.is_over(clock.calendar_day()))


def point_grants_of(user_id: int) -> list[PointGrant]:
    """What the customer was given in points, newest first; enough for a statement that somebody reads."""
    return list(PointGrant.objects.filter(user_id=user_id).select_related("stall").order_by("-pk")[:MOST_SHOWN])


def all_coupons() -> list[Coupon]:
    """Everybody's, running ones first, newest first; the old ones as far as somebody looks."""
    found = Coupon.objects.select_related("stall").order_by("-pk")[: 2 * MOST_SHOWN]
    return sorted(found, key=lambda one: one.is_over(clock.calendar_day()))


def budgets_left_won(coupons: Iterable[Coupon]) -> dict[int, int]:
    """By coupon what all its funders together have left and nothing holds."""
    accounts = {account: one.pk for one in coupons for account in one.budgets.values()}
    left: dict[int, int] = {}
    for row in LimitedAccount.objects.filter(account__in=list(accounts)) if accounts else ():
        coupon = accounts[row.account]
        left[coupon] = left.get(coupon, 0) + row.balance_won - row.held_won
    return left


def point_terms(stall_id: int | None) -> PointTerms | None:
    """What a stall (None: the association) gives in points."""
    return PointTerms.objects.filter(of_giver(stall_id)).first()


@dataclass(frozen=True, slots=True)
class Liability:
    """What one who gives points owes by them. `stall` "" is the association."""

    stall: str
    granted_won: int
    expired_won: int
    owed_won: int

    @property
    def spent_won(self) -> int:
        return self.granted_won - self.expired_won - self.owed_won


def liabilities() -> list[Liability]:
    """The statement of everybody who gives points: given, gone back, spent, and still owed. Two queries."""
    sums = PointGrant.objects.values_list("stall_id", "stall__name")
    rows = sums.annotate(given=Sum("granted_won"), gone=Sum("expired_won") + Sum("taken_back_won")).order_by("stall_id")
    owed: dict[str, int] = {}
    for account, won in LimitedAccount.objects.filter(account__startswith="points:").values_list(
        "account", "balance_won"
    ):
        whose = account.split(":", 2)[2]
        owed[whose] = owed.get(whose, 0) + won
    return [
        Liability(name or "", given, gone, owed.get("association" if stall is None else f"stall-{stall}", 0))
        for stall, name, given, gone in rows
    ]
