"""The accounts that stalls are paid into."""

from __future__ import annotations

from django.db.models import QuerySet

from jangteo.domains.markets.models import Stall
from jangteo.domains.settlement.errors import AccountMissing
from jangteo.domains.settlement.models import PayoutAccount


def confirmed_accounts() -> QuerySet[PayoutAccount]:
    """Those that a second person has looked at and that nothing has replaced, one for each stall at the most."""
    return PayoutAccount.objects.filter(confirmed_at__isnull=False, retired_at=None)


def account_of(stall: Stall) -> PayoutAccount:
    """Where the stall is paid. Raises AccountMissing."""
    account = confirmed_accounts().filter(stall=stall).first()
    if account is None:
        raise AccountMissing(stall=stall.name)
    return account
