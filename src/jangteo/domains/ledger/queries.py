"""Balances, summed from the lines."""

from __future__ import annotations

from django.db.models import Sum

from jangteo.domains.ledger.models import EntryLine


def balance_won(account: str) -> int:
    """What stands on one account, debit positive."""
    return EntryLine.objects.filter(account=account).aggregate(won=Sum("amount_won"))["won"] or 0


def balances_won(prefix: str) -> dict[str, int]:
    """Accounts under a prefix with a balance other than zero."""
    rows = EntryLine.objects.filter(account__startswith=prefix).values_list("account").annotate(won=Sum("amount_won"))
    return {account: won for account, won in rows if won}
