"""A device that practises: its second cookie, which goes before the real one, and what every page then says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.urls import reverse

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import Device
from jangteo.domains.practice.actions.note_presence import note_presence
from jangteo.domains.practice.errors import OtherMarket, PracticeEnded
from jangteo.domains.practice.models import Sitting
from jangteo.domains.practice.queries import is_over, numbers_to_hand_over, sitting_by_secret
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market

Handler = Callable[[HttpRequest], HttpResponseBase]

# A day's lesson; the copy itself ends hours after the last look.
KEPT = timedelta(hours=12)
SEEN_EVERY = timedelta(seconds=15)
# Tells scripts that the page they renew belongs to another market than before, and us where what they kept was made.
HEADER = "X-Practice"
REAL = "none"
_KEY = "jangteo.practising"


@dataclass(frozen=True, slots=True)
class Practising:
    """What the ribbon says: in which copy one practises, the page of the five things, and who has come to fetch.

    `sitting` is None for shoppers who came by the address alone.
    """

    market: Market
    page: str
    sitting: Sitting | None

    @property
    def mark(self) -> str:
        """Which copy a page shows, for scripts."""
        return str(-self.market.pk)

    @property
    def came(self) -> list[int]:
        """Numbers of orders whose customers stand at this stall now."""
        device = None if self.sitting is None else self.sitting.device
        if device is None or device.stall_id is None:
            return []
        with in_market(self.market.pk):
            return numbers_to_hand_over(device.stall_id)


def practice_cookie(cookie: str) -> str:
    """Beside the cookie of a device, the one of the device that it is in a copy."""
    return f"{cookie}_practice"


def seated(request: HttpRequest, cookie: str, real: Device | None) -> Device | None:
    """The device that `real` is now: itself, or the one it practises as. The page is that of the last one asked for.

    Raises PracticeEnded where it still says that it practises and cannot: nothing may happen for real then. Raises
    OtherMarket for what a script kept for another market than the device is in now.
    """
    request.META.pop(_KEY, None)
    secret = request.COOKIES.get(practice_cookie(cookie), "")
    if real is None:
        return None
    if not secret:
        _check_told(request, REAL)
        return real
    sitting = sitting_by_secret(secret)
    if sitting is None or sitting.device is None or is_over(sitting) or sitting.market.practice_of_id != real.market_id:
        raise PracticeEnded(face=cookie.partition("_")[0])
    practise(request, sitting.market, reverse(f"{sitting.face}_practice"), sitting)
    _check_told(request, str(-sitting.market_id))
    return sitting.device


def _check_told(request: HttpRequest, mark: str) -> None:
    told = request.headers.get(HEADER)
    if told is not None and told != mark:
        raise OtherMarket


def practise(request: HttpRequest, market: Market, page: str, sitting: Sitting | None) -> None:
    """Let the page say that it is practice. Looking at it keeps customers coming; what scripts ask for does not."""
    request.META[_KEY] = Practising(market, page, sitting)
    is_looked_at = "X-Fragment" not in request.headers
    if sitting is not None and is_looked_at and clock.now() - sitting.seen_at > SEEN_EVERY:
        note_presence(market=market, actor=SYSTEM, sitting_id=sitting.pk)


def practising(request: HttpRequest) -> Practising | None:
    """What was noted of this request."""
    found = request.META.get(_KEY)
    return found if isinstance(found, Practising) else None


def practice(request: HttpRequest) -> dict[str, object]:
    """The context processor: `practice` in every template, None in a real market."""
    return {"practice": practising(request)}


def marked(get_response: Handler) -> Handler:
    """Say in a header which copy a page belongs to, and keep copies out of search engines."""

    def run(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        found = practising(request)
        if found is not None:
            response.headers[HEADER] = found.mark
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return run


def remember(request: HttpRequest, response: HttpResponseBase, cookie: str, secret: str) -> None:
    """Practise from now on. Pages that are still open from before can send nothing any more."""
    response.set_cookie(
        practice_cookie(cookie), secret, max_age=KEPT, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    rotate_token(request)


def forget(request: HttpRequest, response: HttpResponseBase, cookie: str) -> None:
    """Be the real device again. Pages that still say that they are practice can send nothing any more."""
    response.delete_cookie(practice_cookie(cookie), samesite="Lax")
    rotate_token(request)
