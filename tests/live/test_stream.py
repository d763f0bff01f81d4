"""The real live process, killed, cut off and overwhelmed: no screen stays behind."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import time_machine
from django.core import signing
from django.db import connection

from jangteo.domains.ordering.models import StallPart
from jangteo.kernel import clock, live
from jangteo.kernel.live import TICKET_SALT, TICKET_SECONDS
from jangteo.kernel.live.stream import WAITING_EVENTS
from jangteo.kernel.models import LiveEvent
from jangteo.kernel.tenancy import in_market
from tests.live.screens import Heard, Screen
from tests.serving import HOST, Served
from tests.world import World, make_world, order

pytestmark = pytest.mark.slow

MOST_SECONDS = 2.0


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    return make_world()


@pytest.fixture(scope="module")
def process(market: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served("live", tmp_path_factory.mktemp("live") / "live.log", "jangteo.project.asgi:application") as served:
        yield served


@pytest.fixture
def ticket(market: World) -> str:
    return live.ticket([f"stall:{market.tofu_stall.pk}"])


def ring(market: World) -> int:
    """Place an order at the tofu stall; the id of its part there."""
    placed = order(market, (market.tofu, 1), (market.cabbage, 1))
    with in_market(market.market.pk):
        return StallPart.objects.get(order_id=placed.order_id, stall=market.tofu_stall).pk


def parts_rung(heard: list[Heard]) -> list[int]:
    return [one.payload["part"] for one in heard if one.kind == "part_new"]


def latest_id() -> int:
    return LiveEvent.objects.latest("pk").pk
