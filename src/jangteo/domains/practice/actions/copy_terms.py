"""Policies and terms of a market into its copy, and accounts that no bank has."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from jangteo.domains.markets.models import Stall
from jangteo.domains.payments.models import PolicyRow
from jangteo.domains.practice.copying import copied
from jangteo.domains.settlement.models import PayoutAccount, PayoutTerms
from jangteo.domains.settlement.modes import Mode
from jangteo.kernel import clock
from jangteo.kernel.action import step

BANK, HOLDER = "004", "연습 계좌"
WROTE, CONFIRMED = "practice:1", "practice:2"
REGISTRATION = "연습"


@step
def copy_terms(*, market_id: int, stalls: Sequence[Stall]) -> None:
    """What holds today and later. A pay-out is a bank file here, whoever pays in the real market."""
    today, moment = clock.calendar_day(), clock.now()
    holds = PolicyRow.objects.filter(Q(ends=None) | Q(ends__gte=today)).order_by("pk")
    PolicyRow.objects.bulk_create(copied(row, market_id=market_id, replaces_id=None) for row in holds)
    terms = PayoutTerms.objects.first() or PayoutTerms()
    PayoutTerms.objects.bulk_create(
        [copied(terms, market_id=market_id, mode=Mode.ASSOCIATION_PAYS, registration=REGISTRATION)]
    )
    PayoutAccount.objects.bulk_create(
        PayoutAccount(
            market_id=market_id,
            stall=stall,
            bank_code=BANK,
            number=f"000000{stall.code}",
            holder=HOLDER,
            proposed_by=WROTE,
            proposed_at=moment,
            confirmed_by=CONFIRMED,
            confirmed_at=moment,
        )
        for stall in stalls
    )
