"""Who somebody is to an event, without keeping who they are."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

SALT = "jangteo.rebates.person"


def person_digest(event_id: int, digits: str) -> str:
    """64 hex digits, keyed by the installation's secret and different for every event: nobody is followed by it."""
    return salted_hmac(SALT, f"{event_id}:{digits}", algorithm="sha256").hexdigest()
