"""A new screen asks to be taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from jangteo.domains.devices.models import Pairing, ScreenKind
from jangteo.domains.devices.rules import PAIRING_LASTS
from jangteo.kernel import clock, ids
from jangteo.kernel.limits import check_rate

MOST_A_CALLER = 20
MOST_AT_ALL = 500
WINDOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class AskedPairing:
    """`code` is shown to be read aloud; `secret` goes into the screen's cookie and is kept as a digest only."""

    code: str
    secret: str


def ask_pairing(*, kind: ScreenKind, caller: str) -> AskedPairing:
    """Give a screen six digits, good once and for ten minutes. `caller` tells whom to slow down. Raises TooOften.

    It has no market and is no @action: the screen belongs to nobody until somebody claims it. So it opens its own
    durable transaction and leaves no audit row. What has waited too long is forgotten by the way.
    """
    check_rate(f"pairing:{caller[:64]}", most=MOST_A_CALLER, window=WINDOW)
    check_rate("pairing", most=MOST_AT_ALL, window=WINDOW)
    secret, moment = ids.new_token(), clock.now()
    with transaction.atomic(durable=True):
        Pairing.objects.filter(expires_at__lte=moment).delete()
        pairing = Pairing.objects.create(
            kind=kind, code=_free_code(), secret_hash=ids.token_digest(secret), expires_at=moment + PAIRING_LASTS
        )
    return AskedPairing(pairing.code, secret)


def _free_code() -> str:
    """Six digits that no other screen shows now. Far fewer wait than there are numbers."""
    while True:
        code = ids.new_number()
        if not Pairing.objects.filter(code=code).exists():
            return code
