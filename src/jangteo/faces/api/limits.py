"""How often one caller may order or be wrong. Generous: they stop floods, not a busy market hall behind one address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest

from jangteo.kernel import ids
from jangteo.kernel.limits import check_rate


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries of one key in `window`."""

    name: str
    most: int
    window: timedelta

    def count(self, who: str) -> None:
        """Count one try of `who`, kept as a digest only. Raises TooOften."""
        check_rate(f"{self.name}:{ids.token_digest(who)[:32]}", most=self.most, window=self.window)


ORDERS_OF_ADDRESS = Limit("api.orders", 1200, timedelta(minutes=10))
ORDERS_OF_PHONE = Limit("api.phone", 30, timedelta(minutes=10))
WRONG_SECRETS = Limit("api.wrong", 100, timedelta(minutes=10))
STRANGE_HOOKS = Limit("hooks.strange", 60, timedelta(minutes=10))
HINTS_OF_ORDER = Limit("hooks.order", 10, timedelta(minutes=10))
HINTS_OF_ERRAND = Limit("hooks.errand", 30, timedelta(minutes=10))
HINTS_OF_PAYOUT = Limit("hooks.payout", 10, timedelta(minutes=10))


def address(request: HttpRequest) -> str:
    """The caller's network address; behind the TLS proxy the one that the proxy itself saw."""
    if settings.HTTPS:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))
