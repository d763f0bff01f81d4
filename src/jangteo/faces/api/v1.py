"""The API's first version. Nothing here changes its meaning; what must will be v2."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from jangteo.faces.api import problems, refusals
from jangteo.faces.api.problems import Fault
from jangteo.faces.api.views import browse, me, orders, stall
from jangteo.kernel.errors import Refused

log = structlog.get_logger(__name__)

DESCRIPTION = """\
One market, its stalls and their goods; one order over many stalls in one call; a stall's own tickets.

Money is whole won. Weight is whole grams. Moments are ISO 8601 with an offset. Lists come in pages: pass `next_cursor`
of a page as `cursor` for the next one. Errors are `application/problem+json` (RFC 9457): act on `code`, show `detail`.
"""

api = NinjaAPI(
    title="Jangteo",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)
api.add_router("/markets", browse.router)
api.add_router("/markets", orders.router)
api.add_router("/stall", stall.router)
api.add_router("/me", me.router)


@api.exception_handler(Refused)
def on_refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return problems.answer(request, refused)


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def on_missing(request: HttpRequest, _missing: Exception) -> HttpResponse:
    return problems.answer(request, refusals.NothingHere())


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The two errors that the framework raises itself: no credentials, and a body that cannot be parsed."""
    missing = error.status_code == HTTPStatus.UNAUTHORIZED
    return problems.answer(request, refusals.TokenMissing() if missing else refusals.NotJson())


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    """A value in the address that fits nothing is an address that does not exist."""
    if any(error["loc"][0] == "path" for error in invalid.errors):
        return problems.answer(request, refusals.NothingHere())
    return problems.answer(request, refusals.Invalid(), [_fault(error) for error in invalid.errors])


@api.exception_handler(OperationalError)
def on_database_away(request: HttpRequest, error: OperationalError) -> HttpResponse:
    log.error("api_database_away", reason=type(error.__cause__).__name__)
    return problems.answer(request, refusals.Busy())


@api.exception_handler(Exception)
def on_broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("api_broken", exc_info=error)
    return problems.answer(request, refusals.Broken())


def _fault(error: dict[str, object]) -> Fault:
    """Without the value itself: what came in is not sent back."""
    where, *steps = map(str, cast(tuple[object, ...], error["loc"]))
    # The framework puts the name of the view's parameter in front of a body's own path.
    path = steps[1:] if where == "body" else steps
    return {
        "where": where,
        "pointer": "".join("/" + _escaped(step) for step in path),
        "rule": str(error["type"]),
        "message": str(error["msg"]),
    }


def _escaped(step: str) -> str:
    """RFC 6901. A lone surrogate in somebody's field name cannot be sent as UTF-8."""
    return step.encode(errors="replace").decode().replace("~", "~0").replace("/", "~1")
