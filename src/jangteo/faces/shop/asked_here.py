"""Which questions this browser has asked, for people who did not sign in: the links' tokens in a signed cookie."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse

from jangteo.domains.markets.models import Market

COOKIE = "asked"
MOST = 20
KEPT_SECONDS = 90 * 24 * 3600


def tokens(request: HttpRequest, market: Market) -> list[str]:
    """Newest first. A broken cookie gives none."""
    try:
        stored = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(market), max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return []
    return [token for token in stored if isinstance(token, str)][:MOST] if isinstance(stored, list) else []


def remember(response: HttpResponse, request: HttpRequest, market: Market, token: str) -> None:
    """Put a question in front of this browser's list."""
    kept = [token, *(other for other in tokens(request, market) if other != token)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_salt(market)),
        KEPT_SECONDS,
        path=f"/{market.slug}/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _salt(market: Market) -> str:
    return f"jangteo.asked.{market.pk}"
