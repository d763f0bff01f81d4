"""Every error as problem+json (RFC 9457): a stable `code` for programs, a sentence for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, NotRequired

import structlog
from django.http import HttpRequest, HttpResponse
from pydantic import Field
from typing_extensions import TypedDict

from jangteo.domains.catalog import errors as catalog
from jangteo.domains.delivery import errors as delivery
from jangteo.domains.ledger import errors as ledger
from jangteo.domains.ordering import errors as ordering
from jangteo.domains.payments import errors as payments
from jangteo.domains.payments.rules import refusals as money
from jangteo.domains.stock import errors as stock
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.api import refusals
from jangteo.faces.api.auth import Customer, Guest, Seat
from jangteo.faces.api.refusals import ApiRefused
from jangteo.kernel import idempotency, limits
from jangteo.kernel.errors import Refused

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
URN = "urn:jangteo:problem:"
SOON_SECONDS = 1

# 422: the request can never work as it stands. 409: not now, not in this state; look again and ask again.
STATUS: Mapping[str, HTTPStatus] = {
    kind.code: status
    for status, kinds in {
        HTTPStatus.BAD_REQUEST: (idempotency.KeyMissing, refusals.NotJson),
        HTTPStatus.UNAUTHORIZED: (refusals.TokenMissing, refusals.TokenUnknown),
        HTTPStatus.FORBIDDEN: (refusals.TokenOther,),
        HTTPStatus.NOT_FOUND: (
            refusals.NothingHere,
            ordering.OrderUnknown,
            payments.PaymentNotFound,
        ),
        HTTPStatus.METHOD_NOT_ALLOWED: (refusals.MethodNotAllowed,),
        HTTPStatus.CONFLICT: (
            catalog.GoodTaken,
            delivery.NoDelivery,
            delivery.NoSuchWave,
            delivery.NoWindow,
            delivery.NothingPromised,
            delivery.NotReadyInTime,
            delivery.OutsideZones,
            delivery.PastCutOff,
            delivery.PlaceMissing,
            delivery.SeatTaken,
            delivery.WaveFull,
            idempotency.KeyBusy,
            idempotency.KeyReused,
            ledger.HoldOver,
            ledger.InsufficientFunds,
            ledger.WalletOff,
            money.BudgetUsedUp,
            money.PoliciesOverlap,
            money.PolicyOver,
            money.PolicyTooLate,
            money.RefundOverLeft,
            money.TendersDoNotCombine,
            money.TendersFallShort,
            ordering.BadCeiling,
            ordering.BadTime,
            ordering.CardNotTaken,
            ordering.FeeChanged,
            ordering.GoodGone,
            ordering.GoodSoldOut,
            ordering.MoveNotAllowed,
            ordering.NotAWeighedLine,
            ordering.NothingAhead,
            ordering.NothingToGiveBack,
            ordering.NotEnough,
            ordering.NotPaidAhead,
            ordering.NotWeighed,
            ordering.OverCeiling,
            ordering.PriceAsked,
            ordering.StallClosed,
            ordering.TooLateToCancel,
            payments.AccountNotAsked,
            payments.AmountMismatch,
            payments.PaymentOver,
            payments.RefundTooLarge,
            stock.StockShort,
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (refusals.TooLarge, catalog.PhotoTooBig),
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (refusals.NotJsonType,),
        HTTPStatus.UNPROCESSABLE_ENTITY: (
            refusals.Invalid,
            catalog.BadGood,
            catalog.BadPrice,
            catalog.PhotoBroken,
            catalog.PhotoHeic,
            catalog.PhotoNotOne,
            delivery.BadCoordinates,
            delivery.BadPolicy,
            delivery.BadPromise,
            delivery.BadWindow,
            delivery.BadZone,
            delivery.DetailMissing,
            delivery.PlaceTooFar,
            delivery.PlaceTwice,
            money.NothingToRefund,
            money.PolicyFileUnknown,
            money.PolicyRowBroken,
            money.PolicyUnsound,
            money.SumsDiffer,
            money.TenderDoesNotFit,
            money.TenderPaysWholeLines,
            ordering.AddressMissing,
            ordering.BadCover,
            ordering.BadGrams,
            ordering.BadMoney,
            ordering.BadPhone,
            ordering.BadQuantity,
            ordering.BadSubstitute,
            ordering.BasketEmpty,
            ordering.KioskOrderBroken,
            ordering.NameMissing,
            ordering.NothingToBring,
            ordering.TextTooLong,
            ordering.TooManyLines,
            payments.BadAccount,
            stock.BadCount,
        ),
        HTTPStatus.TOO_MANY_REQUESTS: (limits.TooOften,),
        # The book refuses only what we ourselves got wrong.
        HTTPStatus.INTERNAL_SERVER_ERROR: (
            refusals.Broken,
            ledger.AlreadyReversed,
            ledger.HoldTooSmall,
            ledger.KeyConflict,
            ledger.Unbalanced,
            ledger.UnknownAccount,
        ),
        HTTPStatus.SERVICE_UNAVAILABLE: (refusals.Busy,),
    }.items()
    for kind in kinds
}
TO_WATCH = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})


class Fault(TypedDict):
    """One value that is missing or does not fit."""

    where: Annotated[str, Field(description="query or body", examples=["body"])]
    pointer: Annotated[str, Field(description="JSON Pointer to the value (RFC 6901)", examples=["/lines/0/quantity"])]
    rule: Annotated[str, Field(description="The rule it breaks", examples=["greater_than_equal"])]
    message: Annotated[str, Field(examples=["Input should be greater than or equal to 1"])]


class Problem(TypedDict):
    """Why nothing was done (RFC 9457)."""

    type: Annotated[str, Field(examples=[f"{URN}ordering.stall_closed"])]
    title: Annotated[str, Field(examples=["Stall closed"])]
    status: Annotated[int, Field(examples=[409], ge=400, le=599)]
    detail: Annotated[
        str, Field(description="A sentence for people", examples=["푸른채소, 지금은 주문을 받지 않아요."])
    ]
    code: Annotated[str, Field(description="Stable; act on this", examples=["ordering.stall_closed"])]
    facts: Annotated[dict[str, str | int], Field(description="The values behind it", examples=[{"stall": "푸른채소"}])]
    errors: NotRequired[Annotated[list[Fault], Field(description="Only with the code api.invalid")]]


def status_of(refused: Refused) -> HTTPStatus:
    """The HTTP status of a refusal. A code that is not in the table is the caller's to change: 422."""
    return STATUS.get(refused.code, HTTPStatus.UNPROCESSABLE_ENTITY)


def answer(
    request: HttpRequest, refused: Refused, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The problem document for a refusal, logged."""
    status = status_of(refused)
    problem: Problem = {
        "type": URN + refused.code,
        "title": refused.code.rpartition(".")[2].replace("_", " ").capitalize(),
        "status": status.value,
        "detail": str(refused.says) if isinstance(refused, ApiRefused) else sentence(refused),
        "code": refused.code,
        "facts": refused.facts,
    }
    if faults:
        problem["errors"] = list(faults)
    _log(request, refused.code, status)
    text = json.dumps(problem, ensure_ascii=False)
    response = HttpResponse(text, MEDIA_TYPE, status, headers={**_headers(refused, status), **(headers or {})})
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own line would hold the path: see _log
    return response


def _headers(refused: Refused, status: HTTPStatus) -> dict[str, str]:
    if isinstance(refused, limits.TooOften):
        return {"Retry-After": str(int(refused.facts["minutes"]) * 60)}
    if isinstance(refused, (idempotency.KeyBusy, refusals.Busy)):
        return {"Retry-After": str(SOON_SECONDS)}
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}
    return {}


def _log(request: HttpRequest, code: str, status: HTTPStatus) -> None:
    """Routes, not paths: a path may hold the secret of an order."""
    route = request.resolver_match.route if request.resolver_match else ""
    caller = getattr(request, "auth", None)
    who = caller.actor.ref if isinstance(caller, Seat | Customer | Guest) else ""
    write = log.warning if status in TO_WATCH else log.info
    write("api_refused", code=code, status=status.value, method=request.method, route=route, who=who)
