"""Around every address of the API: what is refused before it is read, and the framework's plain 405 as a problem."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from jangteo.faces.api import problems, refusals

MOST_BYTES = 65_536

View = Callable[..., HttpResponseBase]


def guarded(view: View) -> View:
    """The view behind the edge. Without CSRF checks: nothing here is done on the word of a cookie."""

    @csrf_exempt
    @wraps(view)
    def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        size = declared_size(request)
        if size > MOST_BYTES:
            return problems.answer(request, refusals.TooLarge(most_bytes=MOST_BYTES))
        if size and request.method != "GET" and request.content_type != "application/json":
            return problems.answer(request, refusals.NotJsonType())
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = {"Allow": response.headers["Allow"]}
            response = problems.answer(request, refusals.MethodNotAllowed(), headers=allowed)
        # Prices change while people look at them, and an order is its owner's business.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return run


def declared_size(request: HttpRequest) -> int:
    """Bytes of the body as its Content-Length says; no more than these are ever read."""
    return int(request.META.get("CONTENT_LENGTH") or 0)
