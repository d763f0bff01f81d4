"""Copies of markets, and who sits in them. Asked before any copy is in scope, so these look across copies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.practice.models import PracticeText, Sitting
from jangteo.kernel import clock, ids
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import OutOfScope, current, unscoped, unscoped_practice

# A copy is kept for people who put the phone down in between; customers only come while somebody looks.
KEPT_FOR = timedelta(hours=2)
LOOKS_FOR = timedelta(minutes=5)


def living_copies(market: Market) -> list[Market]:
    """Copies of this market that somebody practises in, the newest first."""
    with unscoped_practice():
        taken = _living().values("market_id")
        copies = Market.objects.filter(practice_of=market, state=Market.State.OPEN, pk__in=taken)
        return list(copies.select_related("practice_of").order_by("pk"))


def left_copies() -> list[Market]:
    """Open copies of any market in which nobody has been for hours."""
    with unscoped_practice():
        copies = Market.objects.filter(state=Market.State.OPEN).exclude(pk__in=_living().values("market_id"))
        return list(copies.order_by("pk"))


def watched_sittings() -> list[Sitting]:
    """Sittings in open copies where somebody has just looked at a page."""
    with unscoped_practice():
        looking = Sitting.objects.filter(ended_at=None, seen_at__gt=clock.now() - LOOKS_FOR)
        looking = looking.filter(market__state=Market.State.OPEN)
        return list(looking.select_related("market", "device").order_by("market_id", "pk"))


def sitting_by_secret(secret: str) -> Sitting | None:
    """The sitting of the device with this practice cookie, also when it is over; its device and markets loaded."""
    with unscoped_practice():
        sittings = Sitting.objects.select_related("market__practice_of", "device__market", "device__stall")
        return sittings.filter(device__secret_digest=ids.token_digest(secret)).first()


def is_over(sitting: Sitting) -> bool:
    """Whether the copy, the device or the sitting has come to its end."""
    revoked = sitting.device is not None and sitting.device.revoked_at is not None
    return revoked or sitting.ended_at is not None or sitting.market.state != Market.State.OPEN


def shoppers_sitting() -> Sitting | None:
    """The one of shoppers in the copy in scope."""
    return Sitting.objects.select_related("market__practice_of").filter(device=None).first()


def twin_of(stall: Stall, copy: Market) -> Stall | None:
    """The stall that stands in the copy where this one stands in the real market."""
    with unscoped_practice():
        stalls = Stall.objects.filter(market=copy, slot=stall.slot, street__position=stall.street.position)
        return stalls.select_related("street", "kind").first()


def codes_in_use(beginning: str) -> set[str]:
    """The numbers with this beginning that some stall has, real or practised in."""
    with unscoped():
        real = set(Stall.objects.filter(code__startswith=beginning).values_list("code", flat=True))
    with unscoped_practice():
        return real | set(Stall.objects.filter(code__startswith=beginning).values_list("code", flat=True))


def seated_stalls() -> set[int]:
    """Stalls of the copy in scope that a person looks after."""
    sitting = Sitting.objects.filter(ended_at=None, device__stall__isnull=False)
    return set(sitting.values_list("device__stall_id", flat=True))


def numbers_to_hand_over(stall_id: int) -> list[int]:
    """Numbers of orders that are ready at a stall of the copy in scope: their customers have come at once."""
    ready = StallPart.objects.filter(stall_id=stall_id, state=PartState.READY).order_by("pk")
    return list(ready.values_list("order__number", flat=True))


def done_by(device_id: int, since: datetime) -> set[str]:
    """Audit codes of what this device has done in the copy in scope since then."""
    market_id = current().market_id
    if market_id is None:
        raise OutOfScope("what was practised is looked at copy by copy")
    rows = AuditRow.objects.filter(market_id=market_id, actor_ref=f"device:{device_id}", at__gte=since)
    return set(rows.values_list("code", flat=True).distinct())


def texts_unsent(most: int = 5) -> Sequence[PracticeText]:
    """What would have been texted from the copy in scope, newest first."""
    return list(PracticeText.objects.order_by("-pk")[:most])


def _living() -> QuerySet[Sitting]:
    return Sitting.objects.filter(ended_at=None, seen_at__gt=clock.now() - KEPT_FOR)
