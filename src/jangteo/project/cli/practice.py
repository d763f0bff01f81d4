"""Practice stand-ins for the outside world, so that the demo market can be paid and texted without a contract.

They run only while every open market is the fictional one: a real market never takes play money by accident.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from jangteo.adapters.kakaopay.simulator.app import RECEIPT_PATH
from jangteo.adapters.kakaopay.simulator.app import PracticeAccount as PracticePayer
from jangteo.adapters.portone.simulator.app import SDK_PATH
from jangteo.adapters.portone.simulator.store import PracticeStore
from jangteo.adapters.solapi.simulator.texts import PracticeAccount
from jangteo.adapters.toss.simulator.app import PracticeShop
from jangteo.domains.markets.models import Market
from jangteo.project import addresses, environment
from jangteo.project.cli.steps import EntryLink
from jangteo.project.demo.card import card_memory
from jangteo.project.demo.load import DEMO_CODE
from jangteo.project.processes import Child

# What a real contract brings: cards, texts, KakaoPay, PortOne.
REAL_KEYS = (
    "JANGTEO_TOSS_SECRET_KEY",
    "JANGTEO_SOLAPI_KEY",
    "JANGTEO_KAKAOPAY_SECRET_KEY",
    "JANGTEO_PORTONE_API_SECRET",
)


@dataclass(frozen=True, slots=True)
class Practice:
    """Ports of the stand-ins that are wanted, None for those that are not; `public` is the host browsers use.

    Cards and virtual accounts go through the practice Toss, cash receipts through the practice PortOne. That takes
    cards, too, where it is set as the one to take them.
    """

    host: str
    public: str
    card_port: int | None
    text_port: int | None
    pages_port: int
    kakaopay_port: int | None = None
    portone_port: int | None = None

    def links(self) -> list[EntryLink]:
        """Where the texts that the market sends can be read."""
        if self.text_port is None:
            return []
        inbox = f"http://{self.public}:{self.text_port}/inbox"
        return [EntryLink("연습 문자함 (practice texts)", "손님 휴대폰 (customer's phone)", inbox)]

    def settings(self) -> dict[str, str]:
        """What the other processes must know to use the stand-ins."""
        given: dict[str, str] = {}
        if self.card_port:
            shop = PracticeShop()
            given["JANGTEO_TOSS_SECRET_KEY"] = shop.secret_key
            given["JANGTEO_TOSS_CLIENT_KEY"] = shop.client_key
            given["JANGTEO_TOSS_SECURITY_KEY"] = shop.security_key
            given["JANGTEO_TOSS_API_URL"] = f"http://127.0.0.1:{self.card_port}"
            given["JANGTEO_TOSS_SDK_URL"] = f"http://{self.public}:{self.card_port}/v2/standard"
        if self.kakaopay_port:
            given |= self._kakaopay_settings(self.kakaopay_port)
        if self.portone_port:
            given |= self._portone_settings(self.portone_port)
        if self.text_port:
            account = PracticeAccount()
            given["JANGTEO_SOLAPI_KEY"] = account.api_key
            given["JANGTEO_SOLAPI_SECRET"] = account.api_secret
            given["JANGTEO_SOLAPI_SENDER"] = account.sender
            given["JANGTEO_SOLAPI_URL"] = f"http://127.0.0.1:{self.text_port}"
        return given

    def _kakaopay_settings(self, port: int) -> dict[str, str]:
        payer, pages = PracticePayer(), f"http://{self.public}:{port}"
        return {
            "JANGTEO_KAKAOPAY_SECRET_KEY": payer.secret_key,
            "JANGTEO_KAKAOPAY_CID": payer.cid,
            "JANGTEO_KAKAOPAY_API_URL": f"http://127.0.0.1:{port}",
            "JANGTEO_KAKAOPAY_WINDOW_URLS": pages,
            "JANGTEO_KAKAOPAY_RECEIPT_URL": pages + RECEIPT_PATH,
        }

    def _portone_settings(self, port: int) -> dict[str, str]:
        store, pages = PracticeStore(), f"http://{self.public}:{port}"
        return {
            "JANGTEO_PORTONE_API_SECRET": store.api_secret,
            "JANGTEO_PORTONE_STORE_ID": store.store_id,
            "JANGTEO_PORTONE_CHANNEL_KEY": store.channel_key,
            "JANGTEO_PORTONE_CARD_CHANNEL_KEY": store.channel_key,
            "JANGTEO_PORTONE_WEBHOOK_SECRET": store.webhook_secret,
            "JANGTEO_PORTONE_API_URL": f"http://127.0.0.1:{port}",
            "JANGTEO_PORTONE_SDK_URL": pages + SDK_PATH,
            "JANGTEO_PORTONE_WINDOW_URLS": pages,
        }

    def children(self) -> list[Child]:
        """The processes of the stand-ins."""
        found = []
        if self.card_port:
            payouts = ["--payout-webhook-url", f"http://127.0.0.1:{self.pages_port}/hooks/toss/payouts/"]
            memory = ["--memory", str(card_memory())]
            found.append(self._child("card", "toss", self.card_port, [*self._webhook("toss"), *payouts, *memory]))
        if self.kakaopay_port:
            found.append(self._child("kakao", "kakaopay", self.kakaopay_port, []))
        if self.portone_port:
            found.append(self._child("portone", "portone", self.portone_port, self._webhook("portone")))
        if self.text_port:
            found.append(self._child("texts", "solapi", self.text_port, []))
        return found

    def _webhook(self, gateway: str) -> list[str]:
        return ["--webhook-url", f"http://127.0.0.1:{self.pages_port}/hooks/{gateway}/"]

    def _child(self, name: str, adapter: str, port: int, more: list[str]) -> Child:
        module = f"jangteo.adapters.{adapter}.simulator"
        place = ["--host", self.host, "--port", str(port), "--public-url", f"http://{self.public}:{port}"]
        return Child(name, [sys.executable, "-m", module, *place, *more], {})


def wanted(host: str, public: str, pages_port: int, taken: tuple[int, ...]) -> Practice:
    """The stand-ins this start needs: none beside a real market, none where real keys are set."""
    only_demo = not Market.objects.filter(state=Market.State.OPEN).exclude(code=DEMO_CODE).exists()
    given = list(taken)
    ports: list[int | None] = []
    for key in REAL_KEYS:
        missing = only_demo and not environment.text(key)
        port = addresses.next_free(host, max(given) + 1, given) if missing else None
        given += [port] if port else []
        ports.append(port)
    card, text, kakaopay, portone = ports
    return Practice(host, public, card, text, pages_port, kakaopay, portone)
