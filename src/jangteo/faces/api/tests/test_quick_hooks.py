from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.tests.roads import Roads, called, roads, to_be_brought
from jangteo.kernel.models import InboxRow
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from tests.world import World

PATH = "/hooks/kakaot/quick/api/v1/callback/orders"


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch) -> Iterator[Roads]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with roads() as opened:
        yield opened


def test_a_message_is_a_hint_and_the_company_is_believed(world: World, road: Roads) -> None:
    call = called(world, to_be_brought(world))
    deliver_due(road.handlers)
    road.kakaot.move(call.ref, "MATCHED")

    told = [Client().put(f"{PATH}/{call.ref}/dropoffCompleted", b'{"pickerId": "p"}').status_code for _ in range(2)]
    deliver_due(road.handlers)

    assert told == [200, 200]
    assert InboxRow.objects.filter(source="kakaot.quick").count() == 1
    with in_market(world.market.pk):
        assert QuickCall.objects.get().state == "assigned"


def test_a_strangers_message_is_answered_alike_and_kept_nowhere(world: World, road: Roads) -> None:
    assert Client().put(f"{PATH}/jt-nobody/matched", b"{}").status_code == 200
    assert Client().put("/hooks/toss/quick/api/v1/callback/orders/x/matched", b"{}").status_code == 404
    assert not InboxRow.objects.filter(source="kakaot.quick").exists()
