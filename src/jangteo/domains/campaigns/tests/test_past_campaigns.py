"""Half a year later nobody knows who got what; what came of it is still known."""

from __future__ import annotations

import uuid
from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from jangteo.domains.campaigns.actions.forget_old_messages import forget_old_messages
from jangteo.domains.campaigns.actions.plan_campaign import Wanted, plan_campaign
from jangteo.domains.campaigns.models import Campaign, Dispatch, Recipient
from jangteo.domains.campaigns.queries import bars_of, campaign_of, campaigns, outcome
from jangteo.domains.campaigns.tests.stage import agrees, bought, deliver, post
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

LONG_AGO = NOON - timedelta(days=400)


def sent(world: World, people: int = 52) -> Campaign:
    """A campaign to people of whom a fifth is held back; some come again."""
    with clock.at(LONG_AGO), post() as opened:
        for number in range(people):
            user = bought(world, world.fish, number)
            if number:
                agrees(world, user)
        wanted = Wanted(str(uuid.uuid4()), "all", "오늘 갈치가 좋아요.", world.fish.pk)
        campaign = plan_campaign(market=world.market, actor=SYSTEM, wanted=wanted)
        deliver(opened, campaign)
    with clock.at(LONG_AGO + timedelta(days=3)):
        for number in range(0, people, 3):
            bought(world, world.fish, number)
    return campaign


def test_half_a_year_later_the_numbers_stay_and_the_people_are_gone(world: World) -> None:
    campaign = sent(world)
    with clock.at(NOON), in_market(world.market.pk):
        campaign.refresh_from_db()
        known = (campaign_of(campaign.pk), outcome(campaign), bars_of(campaign.pk), len(campaigns()))
        assert known[1].held.people >= 10

    with clock.at(NOON):
        counts = [
            forget_old_messages(market=world.market, actor=SYSTEM, before=LONG_AGO + timedelta(seconds=second))
            for second in (0, 1, 1)
        ]

    assert counts[0] == counts[2] == 0
    assert counts[1] > 0
    with clock.at(NOON), in_market(world.market.pk):
        assert (campaign_of(campaign.pk), outcome(campaign), bars_of(campaign.pk), len(campaigns())) == known
        assert Recipient.objects.count() == 0
        ads = Dispatch.objects.filter(campaign=campaign)
        assert ads.exists()
        assert not ads.exclude(user=None, recipient=None, text="").exists()


@pytest.mark.parametrize("change", [{"cost_per_100": 1}, {"text": "x"}, {"text": "", "channel": "push"}])
def test_nothing_else_of_an_old_message_can_be_changed(world: World, change: dict[str, object]) -> None:
    campaign = sent(world, people=2)
    with in_market(world.market.pk), pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(campaign=campaign).update(user=None, recipient=None, **change)
    with in_market(world.market.pk), pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(campaign=campaign).delete()


def test_a_message_of_this_half_year_keeps_whose_it_is(world: World) -> None:
    lately = clock.korean(clock.calendar_day() - timedelta(days=170), time(12))  # PostgreSQL's own clock goes by today
    with clock.at(lately), post() as opened:
        agrees(world, bought(world, world.fish, 1))
        wanted = Wanted(str(uuid.uuid4()), "all", "오늘 갈치가 좋아요.", world.fish.pk)
        deliver(opened, plan_campaign(market=world.market, actor=SYSTEM, wanted=wanted))
    with in_market(world.market.pk):
        assert Dispatch.objects.exclude(user=None).exists()
    with pytest.raises(IntegrityError):
        forget_old_messages(market=world.market, actor=SYSTEM, before=clock.now())
