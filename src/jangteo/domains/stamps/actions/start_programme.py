"""A stall, or the association for the whole market, begins to collect stamps."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.stamps import rules
from jangteo.domains.stamps.errors import BadProgramme, ProgrammeRuns
from jangteo.domains.stamps.models import Programme
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """`stall_id` None is the whole market. `reward` names the coupon as people say it (3,000원 쿠폰)."""

    stall_id: int | None
    need: int
    coupon_id: int
    reward: str
    per_won: int | None = None
    valid_days: int = 365

    def check(self) -> None:
        """Raises BadProgramme."""
        if not rules.LEAST_NEED <= self.need <= rules.MOST_NEED:
            raise BadProgramme(least=rules.LEAST_NEED, most=rules.MOST_NEED)
        if self.per_won is not None and not rules.LEAST_PER_WON <= self.per_won <= rules.MOST_PER_WON:
            raise BadProgramme(least=rules.LEAST_PER_WON, most=rules.MOST_PER_WON)
        if not 0 <= self.valid_days <= rules.MOST_DAYS:
            raise BadProgramme(least=0, most=rules.MOST_DAYS)


@action
def start_programme(*, market: Market, actor: Actor, new: NewProgramme) -> Programme:
    """Collect from now on. Raises BadProgramme, ProgrammeRuns while another one does, Stall.DoesNotExist."""
    new.check()
    stall = None if new.stall_id is None else Stall.objects.get(pk=new.stall_id)
    try:
        with transaction.atomic():
            programme = Programme.objects.create(
                market=market,
                stall=stall,
                need=new.need,
                per_won=new.per_won,
                valid_days=new.valid_days,
                coupon_id=new.coupon_id,
                reward=new.reward.strip()[:40],
                started_at=clock.now(),
            )
    except IntegrityError as taken:
        raise ProgrammeRuns from taken
    audit.record(actor, "stamps.started", f"programme:{programme.pk}", need=programme.need)
    return programme
