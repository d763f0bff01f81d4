"""How KakaoPay is called: who asks, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jangteo.adapters._wire import Answer, Call, NoAnswer, Wire
from jangteo.domains.payments.ports import GatewayUnknown

TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class KakaoPayShop:
    """One shop at KakaoPay. `cid` is TC0ONETIME in the test environment; `cid_secret` where one was given out.

    `window_urls` are the origins of its windows.
    """

    base_url: str
    secret_key: str = field(repr=False)
    cid: str
    cid_secret: str = field(default="", repr=False)
    receipt_url: str = ""
    window_urls: tuple[str, ...] = ()


class Access:
    """One shop's connection, safe to share between threads."""

    def __init__(self, *, shop: KakaoPayShop, timeout_s: float, before_call: Callable[[], None]) -> None:
        self._wire = Wire(base_url=shop.base_url, timeout_s=timeout_s, before_call=before_call)
        self._shop = shop

    def post(self, path: str, body: Mapping[str, object], label: str = "") -> Answer:
        """Ask for one payment. `label` is what the log calls it. Raises GatewayUnknown when there is no answer."""
        shop = {"cid": self._shop.cid} | ({"cid_secret": self._shop.cid_secret} if self._shop.cid_secret else {})
        headers = {"Authorization": f"SECRET_KEY {self._shop.secret_key}"}
        call = Call(
            f"kakaopay {label or path}", "POST", f"/online/v1/payment/{path}", headers=headers, body={**shop, **body}
        )
        try:
            return self._wire.call(call)
        except NoAnswer as broken:
            raise GatewayUnknown(str(broken)) from None

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()
