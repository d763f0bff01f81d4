"""Two gates around every page: an unknown Host is turned away, and a refusal becomes a page with a sentence."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from jangteo.domains.practice.errors import OtherMarket, PracticeEnded
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.wrong import around
from jangteo.kernel.errors import Refused

log = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponseBase]


def known_host(get_response: Handler) -> Handler:
    """Raise DisallowedHost (answered 400 and logged) before a session or a cookie of a stranger's host is looked at."""

    def run(request: HttpRequest) -> HttpResponseBase:
        request.get_host()
        return get_response(request)

    return run


class _Refusals:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        log.info("refused: %s", exception)
        if isinstance(exception, PracticeEnded):
            return render(
                request, "practice/over.html", {"face": exception.facts["face"], **around(request)}, status=409
            )
        # Not a no: an outbox keeps what it holds and tries again when the device is back where it was made.
        status = 503 if isinstance(exception, OtherMarket) else 409
        return render(request, "refused.html", {"sentence": sentence(exception), **around(request)}, status=status)


def refusals(get_response: Handler) -> _Refusals:
    """Answer 409 with the sentence for a Refused that no view has caught. Views catch what they can show in place."""
    return _Refusals(get_response)
