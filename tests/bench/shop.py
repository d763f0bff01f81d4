"""The installation that is measured: the demo market behind the processes of `jangteo up`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.stock.actions.count_stock import MOST_COUNTED, count_stock
from jangteo.domains.stock.queries import left_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.cli import steps
from jangteo.project.cluster import Cluster
from tests.bench.meter import Meter
from tests.serving import HOST, Served


@dataclass(frozen=True, slots=True)
class Shop:
    """`basket`: five goods of three open stalls, one of them weighed, two or more counted and there in plenty."""

    market: Market
    basket: list[Good]
    web: Served
    meter: Meter

    @property
    def url(self) -> str:
        """Where the market's pages are."""
        return f"http://{HOST}:{self.web.port}/{self.market.slug}/"


@contextmanager
def opened() -> Iterator[Shop]:
    """Everything up and running."""
    for prepare in (steps.migrate, steps.collect_static, steps.load_demo_market):
        prepare()
    market = Market.objects.get()
    basket = _basket(market)
    connections.close_all()
    var = Path(settings.VAR)
    with ExitStack() as stack:
        parts = {name: stack.enter_context(Served(name, var / f"{name}.log")) for name in ("web", "live", "worker")}
        meter = stack.enter_context(closing(Meter(Cluster(var / "pg"), {name: p.pid for name, p in parts.items()})))
        yield Shop(market, basket, parts["web"], meter)


def _basket(market: Market) -> list[Good]:
    with in_market(market.pk):
        on_sale = Good.objects.filter(state=Good.State.ON_SALE, stall__door=Stall.Door.OPEN).order_by("pk")
        weighed = next(good for good in on_sale if good.is_weighed)
        pieces = [good for good in on_sale if not good.is_weighed and good.stall_id != weighed.stall_id]
        first = [good for good in pieces if good.stall_id == pieces[0].stall_id][:2]
        second = [good for good in pieces if good.stall_id != pieces[0].stall_id]
        basket = [weighed, *first, *[good for good in second if good.stall_id == second[0].stall_id][:2]]
        counted = {*left_of([good.pk for good in basket]), basket[1].pk, basket[2].pk}
    for good_id in counted:
        count_stock(market=market, actor=SYSTEM, good_id=good_id, on_hand=MOST_COUNTED)
    return basket
