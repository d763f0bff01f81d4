"""What PortOne will pay or has paid to partners: https://developers.portone.io/api/rest-v2/platform.partnerSettlement.

Reading only. PortOne's partners are our stalls; who is which is agreed at PortOne and known here by the partner's id.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from jangteo.adapters._wire import Answer, BadShape, Record, nothing
from jangteo.adapters.portone import codes
from jangteo.adapters.portone.api import Api, PortOneAccount, error_type, segment, unclear
from jangteo.adapters.portone.client import TIMEOUT_S
from jangteo.adapters.portone.mapper import LONGEST_ID
from jangteo.domains.payments.ports import GatewayUnknown

PAGE = 100
MOST_PAGES = 1_000

T = TypeVar("T")

_KINDS = frozenset({"ORDER", "ORDER_CANCEL", "MANUAL"})


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a settlement is made of, in won; `settlement_won` is what the partner gets. Of a cancelled order they may
    be negative. A manual settlement has nothing but the settlement itself.
    """

    settlement_won: int
    settlement_tax_free_won: int
    order_won: int = 0
    payment_won: int = 0
    platform_fee_won: int = 0
    platform_fee_vat_won: int = 0
    additional_fee_won: int = 0
    additional_fee_vat_won: int = 0
    discount_won: int = 0
    discount_share_won: int = 0


@dataclass(frozen=True, slots=True)
class PartnerSettlement:
    """One settlement or transfer. `kind` is ORDER, ORDER_CANCEL or MANUAL; `status` is PortOne's own word."""

    id: str
    partner_id: str
    kind: str
    status: str
    day: date
    amounts: Amounts


class PortOneSettlements:
    """Settlements of one shop's partners. Safe to share between threads."""

    def __init__(
        self,
        *,
        base_url: str,
        account: PortOneAccount,
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        self._api = Api(base_url=base_url, account=account, timeout_s=timeout_s, before_call=before_call)
        self._account = account

    def on_days(self, days: Sequence[date]) -> list[PartnerSettlement]:
        """Every partner's settlements that fall on these days. Raises GatewayUnknown, also for half an answer."""
        found: dict[str, PartnerSettlement] = {}
        for number in range(MOST_PAGES):
            items, total = self._page([day.isoformat() for day in days], number)
            found |= {item.id: item for item in items}
            if not items or len(found) >= total:
                break
        if len(found) != total:
            raise GatewayUnknown(f"{len(found)} of {total} settlements")
        return list(found.values())

    def transfer(self, *, transfer_id: str) -> PartnerSettlement | None:
        """One transfer (정산건), the single sale or cancellation that settlements sum up; None when there is none."""
        answer = self._api.get("read transfer", f"/platform/transfers/{segment(transfer_id)}", {})
        if answer.status == 404 and error_type(answer) == codes.TRANSFER_NOT_FOUND:
            return None
        return _read(answer, lambda document: _settlement(document, "settlementAmount", "settlementTaxFreeAmount"))

    def close(self) -> None:
        """Give the connections back."""
        self._api.close()

    def _page(self, days: list[str], number: int) -> tuple[list[PartnerSettlement], int]:
        body = {
            "filter": {"settlementDates": days},
            "page": {"number": number, "size": PAGE},
            "isForTest": not self._account.live,
        }
        answer = self._api.get_by_body("read settlements", "/platform/partner-settlements", body)
        return _read(answer, _page_of)


def _read(answer: Answer, parse: Callable[[Record], T]) -> T:
    """What a 200 says. Raises GatewayUnknown."""
    if answer.status != 200:
        raise unclear(answer)
    try:
        return parse(Record(answer.body, "answer"))
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable settlement: {wrong}") from None


def _page_of(document: Record) -> tuple[list[PartnerSettlement], int]:
    items = [_settlement(item, "amount", "taxFreeAmount") for item in document.records("items")]
    return items, document.record("page").won("totalCount")


def _settlement(record: Record, amount: str, tax_free: str) -> PartnerSettlement:
    """A settlement or transfer; `amount` and `tax_free` name the two numbers of a manual one."""
    kind = record.text("type", longest=20)
    if kind not in _KINDS:
        raise BadShape("type is not a documented one")
    if record.text("settlementCurrency", longest=3) != "KRW":
        raise BadShape("settlementCurrency is not KRW")
    if kind == "MANUAL":
        amounts = Amounts(record.signed_won(amount), record.signed_won(tax_free))
    else:
        amounts = _amounts(record.record("amount"))
    return PartnerSettlement(
        id=record.text("id", longest=LONGEST_ID),
        partner_id=record.record("partner").text("id", longest=LONGEST_ID),
        kind=kind,
        status=record.text("status", longest=40),
        day=record.day("settlementDate"),
        amounts=amounts,
    )


def _amounts(amount: Record) -> Amounts:
    return Amounts(
        settlement_won=amount.signed_won("settlement"),
        settlement_tax_free_won=amount.signed_won("settlementTaxFree"),
        order_won=amount.signed_won("order"),
        payment_won=amount.signed_won("payment"),
        platform_fee_won=amount.signed_won("platformFee"),
        platform_fee_vat_won=amount.signed_won("platformFeeVat"),
        additional_fee_won=amount.signed_won("additionalFee"),
        additional_fee_vat_won=amount.signed_won("additionalFeeVat"),
        discount_won=amount.signed_won("discount"),
        discount_share_won=amount.signed_won("discountShare"),
    )
