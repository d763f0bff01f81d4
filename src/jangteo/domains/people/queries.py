"""Who a secret belongs to. Asked before any market is known, so these look across markets on purpose."""

from __future__ import annotations

from typing import cast

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import ApiToken, Device, EntryLink
from jangteo.kernel import clock, ids
from jangteo.kernel.rows import Columns, Query
from jangteo.kernel.tenancy import unscoped

# By hand: every page of every stall and of the association begins with it.
_DEVICE_BY_SECRET = Query(
    [Columns(Device, "device"), Columns(Market, "market"), Columns(Stall, "stall")],
    """
    FROM people_device device
    JOIN markets_market market ON market.id = device.market_id
    LEFT JOIN markets_stall stall ON stall.id = device.stall_id
    WHERE device.secret_digest = %(digest)s AND device.revoked_at IS NULL AND device.market_id > 0 AND {scope}
    """,
    market="device.market_id",
)


def device_by_secret(secret: str) -> Device | None:
    """The live device of a real market with this cookie secret, its market and stall loaded."""
    with unscoped():
        rows = _DEVICE_BY_SECRET.rows(digest=ids.token_digest(secret))
    if not rows:
        return None
    [[device, device.market, device.stall]] = rows
    return cast(Device, device)


def token_by_secret(secret: str) -> ApiToken | None:
    """The live API token, its market, stall and user loaded."""
    with unscoped():
        tokens = ApiToken.objects.select_related("market", "stall", "user")
        return tokens.filter(token_digest=ids.token_digest(secret), revoked_at__isnull=True).first()


def link_of_device(token: str, device: Device) -> bool:
    """Whether this link is the one that the device came in by."""
    with unscoped():
        return EntryLink.objects.filter(token_digest=ids.token_digest(token), device=device).exists()


def live_link(token: str) -> EntryLink | None:
    """The link if a device may still be bound by it, its market and stall loaded."""
    with unscoped():
        links = EntryLink.objects.select_related("market", "stall")
        found = links.filter(token_digest=ids.token_digest(token), device__isnull=True).first()
    return found if found is not None and found.expires_at >= clock.now() else None
