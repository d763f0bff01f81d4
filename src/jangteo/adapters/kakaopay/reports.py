"""What KakaoPay knows of a payment, for reconciliation. Its open API has no lists and says nothing of its pay-outs."""

from __future__ import annotations

from collections.abc import Callable

from jangteo.adapters._wire import nothing
from jangteo.adapters.kakaopay import codes, mapper
from jangteo.adapters.kakaopay.access import TIMEOUT_S, Access, KakaoPayShop
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown
from jangteo.domains.payments.reports_port import GatewayTransaction


class KakaoPayReports:
    """One shop at KakaoPay. Safe to share between threads."""

    name = "kakaopay"

    def __init__(
        self, *, shop: KakaoPayShop, timeout_s: float = TIMEOUT_S, before_call: Callable[[], None] = nothing
    ) -> None:
        self._access = Access(shop=shop, timeout_s=timeout_s, before_call=before_call)

    def movements(self, *, payment_key: str) -> tuple[GatewayTransaction, ...]:
        """The approval of a tid and each of its cancellations, oldest first; none for a tid that KakaoPay does not
        know or that was never approved. Raises GatewayUnknown, and GatewayRejected for a key that it does not take."""
        if not mapper.TID.fullmatch(payment_key):
            return ()
        answer = self._access.post("order", {"tid": payment_key}, "report")
        if answer.status == 200:
            found = mapper.movements(answer.body)
            if any(one.payment_key != payment_key for one in found):
                raise GatewayUnknown("the answer is about another payment")
            return found
        code = mapper.error_code(answer)
        if 400 <= answer.status < 500 and code == codes.NO_SUCH_TID:
            return ()
        if answer.status in (401, 403):
            raise GatewayRejected(code or "UNAUTHORIZED", "")
        raise GatewayUnknown(f"HTTP {answer.status} {code}".rstrip())

    def close(self) -> None:
        """Give the connections back."""
        self._access.close()
