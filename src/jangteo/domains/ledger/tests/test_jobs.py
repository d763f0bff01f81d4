from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from jangteo.domains.ledger.actions.hold_funds import NewHold, hold_funds
from jangteo.domains.ledger.actions.post_entry import NewEntry
from jangteo.domains.ledger.jobs import expire_due_holds
from jangteo.domains.ledger.models import Hold, LimitedAccount
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market, unscoped
from jangteo.project.wiring import jobs
from tests.breaking import broken, post
from tests.world import NOON, World, make_world

MINUTE = timedelta(minutes=1)


def hold(world: World, key: str, minutes: int) -> None:
    account = f"points:{world.market.pk}"
    post(world, NewEntry(f"load:{key}", "load", "test", {"bank:main": 500, account: -500}))
    with in_market(world.market.pk), transaction.atomic():
        wanted = NewHold(key, "test", account, 500, clock.now() + minutes * MINUTE)
        hold_funds(market_id=world.market.pk, hold=wanted)


def test_holds_of_every_market_end_when_their_time_is_over_and_no_sooner(world: World) -> None:
    with clock.at(NOON):
        for place in (world, make_world("other", "2")):
            hold(place, f"{place.market.slug}:short", 10)
            hold(place, f"{place.market.slug}:long", 20)

    states = []
    for minutes in (9, 10, 10, 20):
        with clock.at(NOON + minutes * MINUTE):
            expire_due_holds()
        with unscoped():
            states.append(list(Hold.objects.order_by("key").values_list("state", flat=True)))

    assert states == [["open"] * 4, ["open", "expired"] * 2, ["open", "expired"] * 2, ["expired"] * 4]
    with unscoped():
        left = list(LimitedAccount.objects.order_by("pk").values_list("balance_won", "held_won"))
    assert left == [(1_000, 0), (1_000, 0)]
    assert broken() == {}


def test_it_comes_round_every_minute() -> None:
    assert [job.every for job in jobs() if job.run is expire_due_holds] == [MINUTE]
