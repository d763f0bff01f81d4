"""The whole program as `jangteo up` starts it: pages, live stream, worker, and what stands in for the outside world."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.urls import reverse

from jangteo.adapters.kakaopay.simulator import KakaoPaySimulator
from jangteo.adapters.portone.simulator import PortOneSimulator, PracticeStore
from jangteo.adapters.solapi.simulator import SolapiSimulator
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.adapters.toss.simulator.app import PracticeShop
from jangteo.adapters.webpush.client import WebPushSender
from jangteo.adapters.webpush.simulator import PushSimulator
from jangteo.adapters.webpush.vapid import Sender, new_key
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.domains.payments import gateways
from jangteo.domains.people import push_senders
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Role
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.cli.practice import Practice
from tests.journeys.street import furnish
from tests.serving import HOST, Served, all_started
from tests.world import World, make_world

PUSH_CONTACT = "mailto:market@example.com"
SIX_DIGITS = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Town:
    """A running installation with one open market."""

    world: World
    web: Served
    live: Served
    worker: Served
    toss: TossSimulator
    texts: SolapiSimulator
    kakao: KakaoPaySimulator
    portone: PortOneSimulator
    push: PushSimulator
    push_key: str

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.web.port}"

    def way_in(self, stall: Stall | None, role: Role = Role.OWNER) -> str:
        """A fresh entry link."""
        token = make_entry_link(market=self.world.market, actor=SYSTEM, role=role, stall=stall)
        return self.address + reverse("merchant:enter", args=[token])

    def code_sent_to(self, phone: str) -> str:
        """The six digits in the last text to this number."""
        sent = httpx.get(f"{self.texts.url}/_sent").json()
        return str(SIX_DIGITS.findall(next(text["text"] for text in sent if text["to"] == phone))[0])

    def names(self) -> list[str]:
        """What is called the same in every language where nobody has given it another name, longest first."""
        market = self.world.market
        with in_market(market.pk):
            goods = [(good.name, good.unit, good.origin) for good in Good.objects.all()]
            stalls = [(stall.name, stall.owner_name) for stall in Stall.objects.all()]
        every = {market.name, market.slogan, market.address_road, *itertools.chain(*goods, *stalls)}
        return sorted(every, key=len, reverse=True)


@contextmanager
def open_town(folder: Path) -> Iterator[Town]:
    """Needs a database of its own in `DATABASE_URL`; logs go to the folder."""
    world = make_world()
    furnish(world)
    web, live, worker = (Served(name, folder / f"{name}.log") for name in ("web", "live", "worker"))
    with ExitStack() as stack:
        toss = stack.enter_context(TossSimulator(shop=PracticeShop(webhook_url=_hook(web, "toss")), seed=1))
        store = PracticeStore(webhook_url=_hook(web, "portone"))
        portone = stack.enter_context(PortOneSimulator(store=store, seed=1))
        kakao = stack.enter_context(KakaoPaySimulator(seed=1))
        texts = stack.enter_context(SolapiSimulator(seed=1))
        push, push_key = stack.enter_context(PushSimulator(seed=1)), new_key()
        ports = _port(toss.url), _port(texts.url), web.port, _port(kakao.url), _port(portone.url)
        practice = Practice(HOST, HOST, *ports).settings()
        for process in (web, live, worker):
            process.environment = {**practice, **_pushes(push, push_key), "JANGTEO_LIVE_PORT": str(live.port)}
        with all_started([web, live, worker]):
            yield Town(world, web, live, worker, toss, texts, kakao, portone, push, push_key)


@contextmanager
def busy_town(folder: Path) -> Iterator[Town]:
    """A running town; what the tests themselves do in it can be paid by card, and wakes phones, as well."""
    with open_town(folder) as opened:
        shop = opened.toss.shop
        toss = TossGateway(
            base_url=opened.toss.url, sdk_url=opened.toss.url, secret_key=shop.secret_key, client_key=shop.client_key
        )
        sender = WebPushSender(sender=Sender.of(opened.push_key, PUSH_CONTACT), services=[opened.push.url])
        push_senders.use(sender)
        with gateways.only({toss.name: toss}):
            yield opened
        push_senders.use(None)
        sender.close()
        toss.close()


def _pushes(push: PushSimulator, key: str) -> dict[str, str]:
    contact = {"JANGTEO_PUSH_CONTACT": PUSH_CONTACT}
    return {"JANGTEO_PUSH_KEY": key, "JANGTEO_PUSH_SERVICES": push.url, **contact}


def _hook(web: Served, gateway: str) -> str:
    return f"http://{HOST}:{web.port}{reverse('hooks:hook', args=[gateway])}"


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])
