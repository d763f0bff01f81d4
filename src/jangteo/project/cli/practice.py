"""Practice stand-ins for the outside world, so that the demo market can be paid and texted without a contract.

They run only while every open market is the fictional one: a real market never takes play money by accident.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from jangteo.adapters.solapi.simulator.texts import PracticeAccount
from jangteo.adapters.toss.simulator.app import PracticeShop
from jangteo.domains.markets.models import Market
from jangteo.project import addresses, environment
from jangteo.project.cli.steps import EntryLink
from jangteo.project.demo.load import DEMO_CODE
from jangteo.project.processes import Child


@dataclass(frozen=True, slots=True)
class Practice:
    """Ports of the stand-ins that are wanted, None for those that are not; `public` is the host browsers use."""

    host: str
    public: str
    card_port: int | None
    text_port: int | None
    pages_port: int

    def links(self) -> list[EntryLink]:
        """Where the texts that the market sends can be read."""
        if self.text_port is None:
            return []
        inbox = f"http://{self.public}:{self.text_port}/inbox"
        return [EntryLink("연습 문자함 (practice texts)", "손님 휴대폰 (customer's phone)", inbox)]

    def settings(self) -> dict[str, str]:
        """What the other processes must know to use the stand-ins."""
        shop = PracticeShop()
        given: dict[str, str] = {}
        if self.card_port:
            given["JANGTEO_TOSS_SECRET_KEY"] = shop.secret_key
            given["JANGTEO_TOSS_CLIENT_KEY"] = shop.client_key
            given["JANGTEO_TOSS_API_URL"] = f"http://127.0.0.1:{self.card_port}"
            given["JANGTEO_TOSS_SDK_URL"] = f"http://{self.public}:{self.card_port}/v2/standard"
        if self.text_port:
            account = PracticeAccount()
            given["JANGTEO_SOLAPI_KEY"] = account.api_key
            given["JANGTEO_SOLAPI_SECRET"] = account.api_secret
            given["JANGTEO_SOLAPI_SENDER"] = account.sender
            given["JANGTEO_SOLAPI_URL"] = f"http://127.0.0.1:{self.text_port}"
        return given

    def children(self) -> list[Child]:
        """The processes of the stand-ins."""
        found = []
        if self.card_port:
            webhook = f"http://127.0.0.1:{self.pages_port}/hooks/toss/"
            found.append(self._child("card", "toss", self.card_port, ["--webhook-url", webhook]))
        if self.text_port:
            found.append(self._child("texts", "solapi", self.text_port, []))
        return found

    def _child(self, name: str, adapter: str, port: int, more: list[str]) -> Child:
        module = f"jangteo.adapters.{adapter}.simulator"
        place = ["--host", self.host, "--port", str(port), "--public-url", f"http://{self.public}:{port}"]
        return Child(name, [sys.executable, "-m", module, *place, *more], {})


def wanted(host: str, public: str, pages_port: int, taken: tuple[int, ...]) -> Practice:
    """The stand-ins this start needs: none beside a real market, none where real keys are set."""
    only_demo = not Market.objects.filter(state=Market.State.OPEN).exclude(code=DEMO_CODE).exists()
    card = text = None
    if only_demo and not environment.text("JANGTEO_TOSS_SECRET_KEY"):
        card = addresses.next_free(host, max(taken) + 1, taken)
    if only_demo and not environment.text("JANGTEO_SOLAPI_KEY"):
        text = addresses.next_free(host, max(taken) + 2, (*taken, card or 0))
    return Practice(host, public, card, text, pages_port)
