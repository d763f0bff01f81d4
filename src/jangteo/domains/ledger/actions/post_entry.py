"""Write one event of money into the book."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from jangteo.domains.ledger.actions.change_limited import change_limited
from jangteo.domains.ledger.errors import AlreadyReversed, KeyConflict, Unbalanced, UnknownAccount, WalletOff
from jangteo.domains.ledger.models import Entry, EntryLine
from jangteo.domains.ledger.rules import is_limited, kind_of
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

WALLET = "wallet:"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """`lines` maps account to won, debit positive. Zero lines are dropped; the rest sums to zero.

    `reverses` is the id of the entry that this one takes back.
    """

    key: str
    kind: str
    cause: str
    lines: Mapping[str, int]
    reverses: int | None = None

    @property
    def digest(self) -> str:
        return digest_of(self.kind, self.cause, self.lines)


def digest_of(kind: str, cause: str, lines: Mapping[str, int]) -> str:
    """What makes two entries the same: all but key, time and actor."""
    body = [kind, cause, sorted((account, won) for account, won in lines.items() if won)]
    return hashlib.sha256(json.dumps(body).encode()).hexdigest()


@step
def post_entry(*, market_id: int, actor: Actor, entry: NewEntry) -> bool:
    """Post the entry once. True when it is new, False when the same entry stands under its key already.

    An entry of nothing but zeros is not written either: False.

    Raises Unbalanced, UnknownAccount, InsufficientFunds, AlreadyReversed, WalletOff, and KeyConflict when the key names
    a different entry. After InsufficientFunds the transaction can only be undone.
    """
    _check(entry)
    if not any(entry.lines.values()):
        return False
    earlier = Entry.objects.filter(key=entry.key).values_list("digest", flat=True).first()
    if earlier is not None:
        if earlier != entry.digest:
            raise KeyConflict(key=entry.key)
        return False
    if entry.reverses is not None and Entry.objects.filter(reverses_id=entry.reverses).exists():
        raise AlreadyReversed(key=entry.key)
    _check_wallets(market_id, entry)
    _write(market_id, actor, entry)
    owed = {account: -won for account, won in entry.lines.items() if won and is_limited(account)}
    change_limited(market_id=market_id, balance=owed)
    return True


def _check(entry: NewEntry) -> None:
    if total := sum(entry.lines.values()):
        raise Unbalanced(key=entry.key, sum_won=total)
    for account in entry.lines:
        if kind_of(account) is None:
            raise UnknownAccount(account=account)


def _check_wallets(market_id: int, entry: NewEntry) -> None:
    """Prepaid money only grows where the market keeps any; taking an entry back restores, it does not load."""
    loaded = [account for account, won in entry.lines.items() if won < 0 and account.startswith(WALLET)]
    if not loaded or entry.reverses is not None:
        return
    if not Market.objects.filter(pk=market_id, wallet_mode=True).exists():
        raise WalletOff(account=loaded[0])


def _write(market_id: int, actor: Actor, entry: NewEntry) -> None:
    row = Entry(
        market_id=market_id,
        key=entry.key,
        digest=entry.digest,
        kind=entry.kind,
        cause=entry.cause,
        actor_ref=actor.ref,
        at=clock.now(),
        reverses_id=entry.reverses,
    )
    row.save(force_insert=True)
    EntryLine.objects.bulk_create(
        EntryLine(market_id=market_id, entry=row, account=account, amount_won=won)
        for account, won in entry.lines.items()
        if won
    )
