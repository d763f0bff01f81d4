"""The basket lives in a signed cookie of the market's own path: adding costs no row, and guests need no session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core import signing
from django.http import HttpRequest, HttpResponse

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.rules import DEFAULT_CEILING_BP
from jangteo.domains.ordering.wanted import MOST_LINES, MOST_OF_ONE

COOKIE = "basket"
KEPT_SECONDS = 14 * 24 * 3600
SLACKS_BP = (0, DEFAULT_CEILING_BP, 3_000)


@dataclass(frozen=True, slots=True)
class Wish:
    """How many of a good, and for a weighed one how far over the estimate it may go, in basis points.

    Slack and not won, so that the ceiling follows the quantity.
    """

    quantity: int
    slack_bp: int = DEFAULT_CEILING_BP


@dataclass(frozen=True, slots=True)
class Basket:
    """Wishes by good id, in the order they were put in."""

    wishes: Mapping[int, Wish] = field(default_factory=dict)

    def quantity(self, good_id: int) -> int:
        wish = self.wishes.get(good_id)
        return wish.quantity if wish else 0

    def with_wish(self, good_id: int, wish: Wish) -> Basket:
        """The basket after setting a good; quantity 0 takes it out. Beyond the most lines nothing is added."""
        wishes = dict(self.wishes)
        if wish.quantity < 1:
            wishes.pop(good_id, None)
        elif good_id in wishes or len(wishes) < MOST_LINES:
            wishes[good_id] = Wish(min(wish.quantity, MOST_OF_ONE), wish.slack_bp)
        return Basket(wishes)

    @property
    def is_full(self) -> bool:
        return len(self.wishes) >= MOST_LINES


def read(request: HttpRequest, market: Market) -> Basket:
    """The basket in this browser. A forged, foreign, old or broken cookie is an empty basket."""
    try:
        stored = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(market), max_age=KEPT_SECONDS)
        wishes = {int(good_id): _wish(*entry) for good_id, entry in stored.items()}
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return Basket()
    return Basket(wishes)


def keep(response: HttpResponse, request: HttpRequest, market: Market, basket: Basket) -> None:
    """Write the basket into the browser."""
    stored = {str(good_id): [wish.quantity, wish.slack_bp] for good_id, wish in basket.wishes.items()}
    response.set_cookie(
        COOKIE,
        signing.dumps(stored, salt=_salt(market), compress=True),
        KEPT_SECONDS,
        path=f"/{market.slug}/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _wish(quantity: int, slack_bp: int) -> Wish:
    if not 1 <= quantity <= MOST_OF_ONE or slack_bp not in SLACKS_BP:
        raise ValueError(f"not a wish: {quantity}, {slack_bp}")
    return Wish(quantity, slack_bp)


def _salt(market: Market) -> str:
    return f"jangteo.basket.{market.pk}"
