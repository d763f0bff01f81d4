"""What all messages of gateways have in common: the answer once they are kept."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpResponse

from jangteo.kernel.limits import TooOften


def answered(keep: Callable[[], None]) -> HttpResponse:
    """200 once it is kept. Too many are put off with 429: a gateway comes back, and everything is swept anyway."""
    try:
        keep()
    except TooOften as often:
        wait = {"Retry-After": str(int(often.facts["minutes"]) * 60)}
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS, headers=wait)
    return HttpResponse()
