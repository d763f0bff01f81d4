"""The partner settlements of the practice gateway: what somebody put there, listed and filtered as PortOne does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jangteo.adapters._wire import BadShape, Record


@dataclass(frozen=True, slots=True)
class PracticeSettlement:
    """One partner's settlement. `kind` is ORDER, ORDER_CANCEL (negative amounts) or MANUAL (only `settlement_won`)."""

    id: str
    partner_id: str
    kind: str
    day: date
    settlement_won: int
    order_won: int = 0
    platform_fee_won: int = 0
    platform_fee_vat_won: int = 0
    status: str = "PAYOUT_SCHEDULED"


def settlement_json(settlement: PracticeSettlement) -> dict[str, object]:
    """One settlement, as in the list."""
    document = _common(settlement)
    if settlement.kind == "MANUAL":
        return document | {"amount": settlement.settlement_won, "taxFreeAmount": 0}
    return document | {"amount": _amount_json(settlement)}


def transfer_json(settlement: PracticeSettlement) -> dict[str, object]:
    """The same as a single transfer."""
    document = _common(settlement) | {"status": "SCHEDULED"}
    if settlement.kind == "MANUAL":
        return document | {"settlementAmount": settlement.settlement_won, "settlementTaxFreeAmount": 0}
    return document | {"amount": _amount_json(settlement)}


def page_json(settlements: list[PracticeSettlement], body: object) -> dict[str, object]:
    """One page of those on the days asked for, or of all of them. Raises BadShape."""
    match body:
        case {"filter": {"settlementDates": list(days)}}:
            pass
        case _:
            days = []
    page = Record(body, "requestBody").record("page")
    wanted = [item for item in settlements if not days or item.day.isoformat() in days]
    number, size = page.won("number"), page.won("size")
    if not 0 < size <= 1_000:
        raise BadShape("page.size is not 1 to 1000")
    return {
        "items": [settlement_json(item) for item in wanted[number * size : (number + 1) * size]],
        "page": {"number": number, "size": size, "totalCount": len(wanted)},
        "counts": {},
    }


def _common(settlement: PracticeSettlement) -> dict[str, object]:
    return {
        "type": settlement.kind,
        "id": settlement.id,
        "partner": {"id": settlement.partner_id},
        "status": settlement.status,
        "settlementDate": settlement.day.isoformat(),
        "settlementCurrency": "KRW",
        "isForTest": False,
    }


def _amount_json(settlement: PracticeSettlement) -> dict[str, int]:
    nothing = ("settlementTaxFree", "additionalFee", "additionalFeeVat", "discount", "discountShare")
    return {name: 0 for name in nothing} | {
        "settlement": settlement.settlement_won,
        "order": settlement.order_won,
        "payment": settlement.order_won,
        "platformFee": settlement.platform_fee_won,
        "platformFeeVat": settlement.platform_fee_vat_won,
    }
