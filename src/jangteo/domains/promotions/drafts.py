"""What is asked for as a coupon, and whether it is one."""

from __future__ import annotations

from dataclasses import dataclass, field

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions import errors, rules
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.rules import Conditions, Off, Share
from jangteo.kernel import clock

OWN = (Share(rules.STALL, rules.WHOLE_BP),)
MOST_NAME = 40
MOST_USES = 1_000_000
MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class Limits:
    """How often it can be used: over all, by one person, on one day. None has no limit."""

    most: int | None = None
    per_person: int | None = 1
    per_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCoupon:
    """`form` is open, code or given. A stall's own coupon is for its own goods only, and it alone bears it.

    `budget_won` is the whole value that may be given out, shared over the funders as each use is. `lasts_days` None: a
    piece is good until the coupon ends.
    """

    name: str
    off: Off
    form: str = Coupon.Form.OPEN.value
    shares: tuple[Share, ...] = OWN
    when: Conditions = field(default_factory=Conditions)
    budget_won: int = 0
    limits: Limits = field(default_factory=Limits)
    code: str = ""
    stall_id: int | None = None
    lasts_days: int | None = None
    back: str = Coupon.Back.AGAIN.value


def draft_coupon(market: Market, new: NewCoupon, made_by: str = "") -> Coupon:
    """The coupon as it would be, not saved. Raises BadCoupon."""
    fault = rules.fault_of(new.off, new.shares, new.when, new.budget_won) or _own_fault(new)
    if fault is not None:
        raise errors.BadCoupon(field=fault[0], why=fault[1].value)
    return _row(market, new, made_by)


def plain_code(text: str) -> str:
    """As a code is kept and compared: no spaces or dashes, capitals."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _own_fault(new: NewCoupon) -> tuple[str, rules.Fault] | None:
    if not 0 < len(new.name.strip()) <= MOST_NAME:
        return "name", rules.Fault.MISSING if not new.name.strip() else rules.Fault.TOO_MUCH
    if new.form == Coupon.Form.CODE and not 4 <= len(plain_code(new.code)) <= 20:
        return "code", rules.Fault.BAD
    for name, number, most in (
        ("most", new.limits.most, MOST_USES),
        ("per_person", new.limits.per_person, MOST_USES),
        ("per_day", new.limits.per_day, MOST_USES),
        ("lasts_days", new.lasts_days, MOST_DAYS),
    ):
        if number is not None and not 0 < number <= most:
            return name, rules.Fault.NOTHING if number <= 0 else rules.Fault.TOO_MUCH
    if new.when.ends is not None and new.when.ends < clock.calendar_day():
        return "ends", rules.Fault.PAST
    if new.stall_id is not None and new.shares != OWN:
        return "shares", rules.Fault.SHARES
    return None


def _row(market: Market, new: NewCoupon, made_by: str) -> Coupon:
    when = new.when
    return Coupon(
        market=market,
        stall_id=new.stall_id,
        name=new.name.strip(),
        form=Coupon.Form(new.form),
        code=plain_code(new.code) if new.form == Coupon.Form.CODE else "",
        off_won=new.off.won,
        off_bp=new.off.bp,
        ceiling_won=new.off.ceiling_won,
        shares=[[share.funder, share.share_bp] for share in new.shares],
        budget_won=0 if new.shares == OWN else new.budget_won,
        most=new.limits.most,
        per_person=new.limits.per_person,
        per_day=new.limits.per_day,
        stalls=sorted(when.stalls) if new.stall_id is None else [new.stall_id],
        kinds=sorted(when.kinds),
        tenders=sorted(when.tenders),
        needs_won=when.needs_won,
        first_only=when.first_only,
        starts=when.starts or clock.calendar_day(),
        ends=when.ends,
        from_time=when.from_time,
        to_time=when.to_time,
        lasts_days=new.lasts_days,
        back=Coupon.Back(new.back),
        made_by=made_by,
        made_at=clock.now(),
    )
