"""Pay-outs (v2) of the practice gateway over HTTP: sealed bodies, one envelope for everything."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from jangteo.adapters._simulator.server import Reply, Request, json_reply
from jangteo.adapters._wire import BadShape, Record
from jangteo.adapters.toss.sealed import Seal
from jangteo.adapters.toss.simulator.desk import NOT_FOUND, Desk
from jangteo.adapters.toss.simulator.payload import written
from jangteo.adapters.toss.simulator.payouts_book import (
    PayoutRefusal,
    PayoutsBook,
    PracticePayout,
    Seller,
    Wanted,
)

MOST_PAYOUTS = 100
LARGEST_PAYOUT_WON = 999_999_999
USUAL_PAGE = 10
BUSINESS_TYPES = frozenset({"INDIVIDUAL", "INDIVIDUAL_BUSINESS", "CORPORATE"})

Entity = tuple[str, dict[str, object]]


def entity(found: Seller | PracticePayout) -> Entity:
    """Type and document of a seller or a pay-out."""
    return ("seller", _seller_json(found)) if isinstance(found, Seller) else ("payout", _payout_json(found))


class PayoutsApi:
    """Answers /v2."""

    def __init__(self, book: PayoutsBook, desk: Desk, security_key: str) -> None:
        self._book = book
        self._desk = desk
        self._seal = Seal(security_key)

    def handle(self, request: Request) -> Reply:
        """Answer one request."""
        segments = [unquote(segment) for segment in request.path.split("/")[2:]]
        match request.method, segments:
            case "POST", ["sellers"]:
                return self._sealed("seller", request, self._register)
            case "POST", ["sellers", seller_id]:
                return self._sealed("seller", request, lambda body: self._change(seller_id, body))
            case "POST", ["payouts"]:
                return self._sealed("payout", request, self._send)
            case "POST", ["payouts", payout_id, "cancel"]:
                return self._desk.write(
                    "payout", request, lambda _: _reply(lambda: entity(self._book.cancel(payout_id)))
                )
            case "GET", ["sellers", seller_id]:
                return self._open(lambda: entity(self._book.seller(seller_id)))
            case "GET", ["balances"]:
                return self._open(self._balance)
            case "GET", ["payouts"]:
                return self._open(lambda: self._list(request.query))
            case "GET", ["payouts", payout_id]:
                return self._open(lambda: entity(self._book.payout(payout_id)))
        return NOT_FOUND

    def _open(self, work: Callable[[], Entity]) -> Reply:
        return self._desk.read("payout_read", lambda _: _reply(work))

    def _sealed(self, kind: str, request: Request, work: Callable[[object], Entity]) -> Reply:
        """A call whose body is sealed; its answer is, too."""

        def answer(_: str) -> Reply:
            if not _claims_a_seal(request.headers):
                return json_reply(_error("INVALID_REQUEST", "the body is not sealed"), 400)
            status, document = _outcome(lambda: work(self._seal.open(request.body.decode("ascii", "replace"))))
            return Reply(status, self._seal.close(document).encode(), "text/plain")

        return self._desk.write(kind, request, answer)

    def _register(self, body: object) -> Entity:
        wanted = Record(body, "seller")
        business_type = wanted.text("businessType", longest=40)
        if business_type not in BUSINESS_TYPES:
            raise BadShape("businessType is not a documented one")
        ref = wanted.text("refSellerId", longest=20)
        about, account = _about(wanted, business_type)
        return entity(self._book.register(ref, business_type, about, account))

    def _change(self, seller_id: str, body: object) -> Entity:
        known = self._book.seller(seller_id)
        return entity(self._book.change(seller_id, *_about(Record(body, "seller"), known.business_type)))

    def _send(self, body: object) -> Entity:
        items = Record({"items": body}, "payouts").records("items")
        if not 0 < len(items) <= MOST_PAYOUTS:
            raise BadShape(f"1 to {MOST_PAYOUTS} pay-outs")
        sent = self._book.send([_wanted(item) for item in items])
        return "payout-list", {"items": [_payout_json(payout) for payout in sent]}

    def _balance(self) -> Entity:
        available_won, pending_won = self._book.balance()
        return "balance", {"availableAmount": _amount(available_won), "pendingAmount": _amount(pending_won)}

    def _list(self, query: Mapping[str, str]) -> Entity:
        first, last = query.get("payoutDateGte", ""), query.get("payoutDateLte", "9999")
        rows = [payout for payout in self._book.payouts() if first <= payout.pay_on.isoformat() <= last]
        ids = [payout.id for payout in rows]
        cursor = query.get("startingAfter")
        start = 0 if cursor is None else [*ids, cursor].index(cursor) + 1
        size = int(query["limit"]) if query.get("limit", "").isdecimal() else USUAL_PAGE
        return "payout-list", {"items": [_payout_json(payout) for payout in rows[start : start + size]]}


def _claims_a_seal(headers: Mapping[str, str]) -> bool:
    mode, content_type = headers.get("tosspayments-api-security-mode"), headers.get("content-type", "")
    return mode == "ENCRYPTION" and content_type.startswith("text/plain")


def _reply(work: Callable[[], Entity]) -> Reply:
    status, document = _outcome(work)
    return json_reply(document, status)


def _outcome(work: Callable[[], Entity]) -> tuple[int, object]:
    """Status and envelope of a piece of work."""
    try:
        entity_type, body = work()
    except PayoutRefusal as refusal:
        return refusal.status, _error(refusal.code, refusal.message)
    except BadShape as wrong:
        return 400, _error("INVALID_REQUEST", str(wrong))
    return 200, _envelope() | {"entityType": entity_type, "entityBody": body}


def _envelope() -> dict[str, object]:
    return {"version": "2022-11-16", "traceId": uuid.uuid4().hex, "entityType": None, "entityBody": None, "error": None}


def _error(code: str, message: str) -> dict[str, object]:
    return _envelope() | {"error": {"code": code, "message": message}}


def _about(wanted: Record, business_type: str) -> tuple[dict[str, object], tuple[str, str]]:
    """What is kept of a seller, and its account for the bank."""
    account = wanted.record("account")
    bank, number = account.text("bankCode", longest=3), account.text("accountNumber", longest=20)
    name = "individual" if business_type == "INDIVIDUAL" else "company"
    given = wanted.record(name)
    fields = ["name", "email", "phone"]
    if name == "company":
        fields += ["representativeName", "businessRegistrationNumber"]
    about: dict[str, object] = {"company": None, "individual": None}
    about[name] = {field: given.text(field, longest=100) for field in fields}
    hidden = number[:3] + "*" * max(len(number) - 8, 0) + number[-5:]
    holder = account.text("holderName", longest=50)
    return about | {"account": {"bankCode": bank, "accountNumber": hidden, "holderName": holder}}, (bank, number)


def _wanted(item: Record) -> Wanted:
    amount = item.record("amount")
    won = amount.won("value")
    if amount.text("currency", longest=3) != "KRW" or not 0 < won <= LARGEST_PAYOUT_WON:
        raise BadShape("amount is not one that can be paid out")
    schedule = item.text("scheduleType", longest=20)
    if schedule not in {"EXPRESS", "SCHEDULED"}:
        raise BadShape("scheduleType is not a documented one")
    return Wanted(
        ref=item.text("refPayoutId", longest=50),
        destination=item.text("destination", longest=64),
        won=won,
        memo=item.text("transactionDescription", longest=7),
        pay_on=item.day("payoutDate") if schedule == "SCHEDULED" else None,
    )


def _seller_json(seller: Seller) -> dict[str, object]:
    facts = {"id": seller.id, "refSellerId": seller.ref, "businessType": seller.business_type}
    return {**facts, **seller.about, "status": seller.status, "metadata": None}


def _payout_json(payout: PracticePayout) -> dict[str, object]:
    wanted = payout.wanted
    return {
        "id": payout.id,
        "refPayoutId": wanted.ref,
        "destination": wanted.destination,
        "scheduleType": "SCHEDULED" if wanted.pay_on else "EXPRESS",
        "payoutDate": payout.pay_on.isoformat(),
        "amount": _amount(wanted.won),
        "transactionDescription": wanted.memo,
        "requestedAt": written(payout.requested_at),
        "status": payout.status,
        "error": {"code": payout.failure, "message": ""} if payout.failure else None,
        "metadata": None,
    }


def _amount(won: int) -> dict[str, object]:
    # Written as 5000.0, as Toss does.
    return {"currency": "KRW", "value": float(won)}
