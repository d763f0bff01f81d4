"""Delivery reports as Solapi posts them: again and again until it hears a 200, and as somebody else would."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping

import pytest
from django.test import Client

from jangteo.domains.campaigns.actions.plan_campaign import Wanted, plan_campaign
from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.models import Arrival
from jangteo.domains.campaigns.tests.stage import Post, agrees, bought, deliver, phone_of, post
from jangteo.faces.api.views.report_hooks import MOST_BYTES
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

HOOK = "/hooks/solapi/reports/"
CLIENT = Client(enforce_csrf_checks=True)


@pytest.fixture
def texts(world: World) -> Iterator[Post]:
    """A campaign to two has left, and has arrived."""
    with clock.at(NOON), post() as opened:
        for number in (1, 2):
            agrees(world, bought(world, world.fish, number))
        wanted = Wanted(str(uuid.uuid4()), "all", "오늘 갈치가 좋아요.", world.fish.pk)
        deliver(opened, plan_campaign(market=world.market, actor=SYSTEM, wanted=wanted))
        opened.simulator.texts.settle()
        yield opened


def tell(texts: Post, body: bytes | None = None, **other: str) -> int:
    posted = texts.simulator.report()
    headers: Mapping[str, str] = {**posted.headers, **{name.replace("_", "-"): told for name, told in other.items()}}
    told = posted.body if body is None else body
    return CLIENT.post(HOOK, told, "application/json", headers=headers).status_code


def asked(texts: Post) -> int:
    """Run what the hook has queued; how many times the sender was asked."""
    rows = list(OutboxRow.objects.filter(topic="campaign.reports", status="queued"))
    for row in rows:
        with in_market(row.market_id):
            assert CampaignEffects(texts.senders).reports(row) == Done()
    return len(rows)


def arrived(world: World) -> list[tuple[str | None, bool, int]]:
    with in_market(world.market.pk):
        rows = Arrival.objects.order_by("dispatch__user__phone")
        return list(rows.values_list("dispatch__user__phone", "arrived", "cost_per_100"))


def test_what_is_told_five_times_and_fetched_as_well_is_written_down_once(world: World, texts: Post) -> None:
    assert [tell(texts) for _ in range(5)] == [200] * 5
    assert arrived(world) == []
    assert asked(texts) == 1
    CampaignEffects(texts.senders).read_reports()

    assert arrived(world) == [(phone_of(1), True, 0), (phone_of(2), True, 0)]


def test_without_the_secret_nothing_is_believed(world: World, texts: Post) -> None:
    assert [tell(texts, X_Solapi_Secret=wrong) for wrong in ("", "0" * 40, "é")] == [401] * 3
    assert tell(texts, X_Solapi_Event_Name="") == 401
    assert asked(texts) == 0


def test_a_body_is_a_hint_and_never_the_word_itself(world: World, texts: Post) -> None:
    """Whoever has seen the header once could say anything: the sender is asked what is true."""
    (first, *_), failed = json.loads(texts.simulator.report().body), {"statusCode": "3042", "replacement": True}

    assert tell(texts, json.dumps([{**first, **failed}]).encode()) == 200
    assert asked(texts) == 1
    assert arrived(world) == [(phone_of(1), True, 0), (phone_of(2), True, 0)]


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'[{"statusCode": 4000}]', b'[{"messageId": "M"}]'])
def test_what_is_no_report_is_refused(world: World, texts: Post, body: bytes) -> None:
    assert tell(texts, body) == 400
    assert asked(texts) == 0


def test_what_is_not_over_and_what_is_not_ours_is_passed_over(world: World, texts: Post) -> None:
    reports = json.loads(texts.simulator.report().body)
    strange = [{**reports[0], "customFields": {"key": "code:1"}}, {**reports[0], "customFields": None}]

    assert tell(texts, json.dumps([{**reports[0], "statusCode": "3000"}, *strange]).encode()) == 200
    assert tell(texts, X_Solapi_Event_Name="GROUP-REPORT") == 200
    assert asked(texts) == 0


def test_a_flood_and_a_sender_that_nobody_set_up_are_turned_away(texts: Post) -> None:
    assert tell(texts, b" " * (MOST_BYTES + 1)) == 413
    assert CLIENT.post("/hooks/nobody/reports/", b"[]", "application/json").status_code == 404
