"""A KakaoPay gateway beside a simulator that keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime

from jangteo.adapters._simulator.server import Reply, Request
from jangteo.adapters.kakaopay.access import KakaoPayShop
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.simulator import KakaoPaySimulator
from jangteo.domains.payments.redirect_port import Opened, Redirect, ReturnUrls
from jangteo.kernel.clock import now

ORDER = "order-0001"
URLS = ReturnUrls("https://shop.example/ok?m=1", "https://shop.example/gave-up", "https://shop.example/no")
PATIENT_S = 20.0


class Watched(KakaoPaySimulator):
    """A simulator with a shop that writes its redirects down. With `instead` it answers nothing but that.

    Cancellations wait for each other at the `meeting`, so that each of them has read the balance before one is done.
    """

    def __init__(self, *, seed: int = 1, clock: Callable[[], datetime] = now) -> None:
        super().__init__(seed=seed, clock=clock)
        self.requests: list[Request] = []
        self.instead: Reply | None = None
        self.meeting: threading.Barrier | None = None
        self.opened: dict[str, Opened] = {}
        self.shop = KakaoPayShop(
            self.url, self.account.secret_key, self.account.cid, cid_secret="a" * 24, receipt_url=self.receipt_url
        )

    def handle(self, request: Request) -> Reply:
        self.requests.append(request)
        if self.meeting and request.path.endswith("/cancel"):
            self.meeting.wait(PATIENT_S)
        return self.instead or super().handle(request)

    def connect(self) -> KakaoPayGateway:
        return KakaoPayGateway(shop=self.shop, find_opened=self.opened.get, timeout_s=PATIENT_S)

    def calls(self) -> list[str]:
        """Which addresses were asked since the last time, by their last part."""
        asked = [request.path.rsplit("/", 1)[-1] for request in self.requests]
        self.requests.clear()
        return asked

    def bodies(self, path: str) -> list[dict[str, object]]:
        """What was sent to an address, oldest first."""
        return [json.loads(one.body) for one in self.requests if one.path == f"/online/v1/payment/{path}"]


def ready(
    gateway: KakaoPayGateway,
    amount_won: int = 30_000,
    tax_free_won: int = 0,
    *,
    order_ref: str = ORDER,
    order_name: str = "애호박 외 2건",
    urls: ReturnUrls = URLS,
) -> Redirect:
    return gateway.ready(
        order_ref=order_ref, order_name=order_name, amount_won=amount_won, tax_free_won=tax_free_won, urls=urls
    )


def authorise(watched: Watched, gateway: KakaoPayGateway, tax_free_won: int = 0) -> str:
    """The customer has come back; returns the tid. What was asked so far is forgotten."""
    tid = ready(gateway, tax_free_won=tax_free_won).tid
    watched.opened[ORDER] = Opened(tid, watched.authorise(tid))
    watched.requests.clear()
    return tid


def pay(watched: Watched, gateway: KakaoPayGateway, tax_free_won: int = 0) -> str:
    """A payment of 30,000 won that was taken; returns the tid."""
    tid = authorise(watched, gateway, tax_free_won)
    gateway.confirm(payment_key=tid, order_ref=ORDER, amount_won=30_000, key="cap:1")
    watched.requests.clear()
    return tid
