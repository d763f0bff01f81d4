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
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if size > MOST_BYTES:
            return problems.answer(request, refusals.TooLarge(most_bytes=MOST_BYTES))
        if size and request.method != "GET" and request.content_type != "application/json":
            return problems.answer(request, refusals.NotJsonType())
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            refused = problems.answer(request, refusals.MethodNotAllowed())
            refused["Allow"] = response.headers["Allow"]
            return refused
        return response

    return run
