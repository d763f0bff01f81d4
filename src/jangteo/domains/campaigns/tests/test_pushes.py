"""News to a customer's own browser, by a practice push service over real HTTP."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import pytest

from jangteo.adapters.webpush.client import WebPushSender
from jangteo.adapters.webpush.simulator import PracticePhone, PushSimulator
from jangteo.adapters.webpush.vapid import Sender, new_key
from jangteo.domains.campaigns.actions.keep_customer_push import MOST_BROWSERS, keep_customer_push
from jangteo.domains.campaigns.actions.plan_campaign import Wanted, plan_campaign
from jangteo.domains.campaigns.kinds import Channel, Purpose
from jangteo.domains.campaigns.models import Campaign, CustomerPush, Dispatch
from jangteo.domains.campaigns.tests.stage import Post, agrees, bought, deliver, phone_of, post
from jangteo.domains.people import push_senders
from jangteo.domains.people.errors import NoSuchPushService
from jangteo.domains.people.models import User
from jangteo.domains.people.push_port import PushTarget
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

PUSH_AD, SMS_AD = (Channel.PUSH, Purpose.AD), (Channel.SMS, Purpose.AD)
SENDER = Sender.of(new_key(), "mailto:market@example.com")


@pytest.fixture
def texts() -> Iterator[Post]:
    with clock.at(NOON), post() as opened:
        yield opened


@pytest.fixture
def service() -> Iterator[PushSimulator]:
    with PushSimulator(seed=1, clock=lambda: NOON) as simulator:
        sender = WebPushSender(sender=SENDER, services=[simulator.url])
        push_senders.use(sender)
        yield simulator
        push_senders.use(None)
        sender.close()


def keeps(world: World, user: User, phone: PracticePhone) -> None:
    target = PushTarget(phone.endpoint, phone.p256dh, phone.auth)
    keep_customer_push(market=world.market, actor=SYSTEM, user_id=user.pk, target=target)


def send(world: World, texts: Post) -> Campaign:
    wanted = Wanted(str(uuid.uuid4()), "all", "오늘 갈치가 좋아요.", world.fish.pk, world.hairtail.pk)
    campaign = plan_campaign(market=world.market, actor=SYSTEM, wanted=wanted)
    deliver(texts, campaign)
    return campaign


def test_a_notification_costs_nothing_so_it_goes_first(world: World, texts: Post, service: PushSimulator) -> None:
    user, phone = bought(world, world.fish, 1), service.subscribe(SENDER.public)
    agrees(world, user, PUSH_AD, SMS_AD)
    keeps(world, user, phone)

    send(world, texts)

    (received,) = phone.received
    told = json.loads(received.text)
    assert (told["title"], told["body"]) == ("(광고)장터시장 순자네 수산", "오늘 갈치가 좋아요.")
    assert told["url"] == f"/jangteo/goods/{world.hairtail.pk}/"
    assert told["refuse"].startswith("http://jangteo.test/jangteo/no-ads/")
    assert texts.to() == []
    with in_market(world.market.pk):
        assert [(one.channel, one.cost_per_100) for one in Dispatch.objects.all()] == [("push", 0)]


def test_a_browser_that_is_gone_is_forgotten_and_a_text_goes_instead(
    world: World, texts: Post, service: PushSimulator
) -> None:
    user, phone = bought(world, world.fish, 1), service.subscribe(SENDER.public)
    agrees(world, user, PUSH_AD, SMS_AD)
    keeps(world, user, phone)
    phone.gone = True

    send(world, texts)

    assert (phone.received, texts.to()) == ([], [phone_of(1)])
    with in_market(world.market.pk):
        assert CustomerPush.objects.count() == 0


def test_a_browser_belongs_to_who_asked_last_and_nobody_has_more_than_five(
    world: World, texts: Post, service: PushSimulator
) -> None:
    one, other = bought(world, world.fish, 1), bought(world, world.fish, 2)
    shared = service.subscribe(SENDER.public)
    for user in (one, other):
        keeps(world, user, shared)
    for _ in range(MOST_BROWSERS + 1):
        keeps(world, one, service.subscribe(SENDER.public))

    with in_market(world.market.pk):
        assert list(CustomerPush.objects.filter(user=other).values_list("endpoint", flat=True)) == [shared.endpoint]
        assert CustomerPush.objects.filter(user=one).count() == MOST_BROWSERS


def test_an_address_that_no_browser_hands_out_is_not_kept(world: World, texts: Post, service: PushSimulator) -> None:
    user = bought(world, world.fish, 1)
    with pytest.raises(NoSuchPushService):
        keep_customer_push(
            market=world.market,
            actor=SYSTEM,
            user_id=user.pk,
            target=PushTarget("http://169.254.169.254/latest", "x", "y"),
        )
