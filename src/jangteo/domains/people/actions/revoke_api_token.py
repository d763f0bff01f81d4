"""A program that is lost or no longer trusted is shut out."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import ApiToken
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def revoke_api_token(*, market: Market, actor: Actor, token_id: int) -> None:
    """Refuse the token from its next request on. Revoking twice changes nothing. Raises ApiToken.DoesNotExist."""
    token = ApiToken.objects.select_for_update().get(pk=token_id)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        audit.record(actor, "token.revoked", f"token:{token.pk}")
