"""Who calls, without keeping a number to look them up by."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

SALT = "jangteo.calls.caller"


def caller_digest(market_id: int, digits: str) -> str:
    """64 hex digits, keyed by the installation's secret and different for every market."""
    return salted_hmac(SALT, f"{market_id}:{digits}", algorithm="sha256").hexdigest()
