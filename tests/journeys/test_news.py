"""News on a customer's phone: asked for by a tap, shown with its words, opened by a tap, and ended for good."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from jangteo.adapters.webpush.simulator import PracticePhone
from jangteo.domains.campaigns.actions.plan_campaign import Wanted, plan_campaign
from jangteo.domains.campaigns.actions.say_consent import Word, say_consent
from jangteo.domains.campaigns.errors import NobodyToTell
from jangteo.domains.campaigns.kinds import Channel, Move, Purpose
from jangteo.domains.campaigns.models import CustomerPush
from jangteo.domains.campaigns.tests.stage import bought
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.pushes import TRIES, Maker, device_of, hand_out, soon
from tests.journeys.test_customer_account import signed_in
from tests.journeys.town import Town

# Whether a page asks for leave to notify, and whether somebody had tapped when it did.
ASKS = """() => {
  globalThis.asked = [];
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => { asked.push(navigator.userActivation.isActive); return ask(); };
}"""
# No test can tap a message of the system: what the worker does then is told to it, and what it opens is kept.
TAPPED = """async (action) => {
  let opened;
  self.clients.openWindow = async (url) => { opened = url; };
  const [notification] = await self.registration.getNotifications();
  const tap = new NotificationEvent("notificationclick", { notification, action });
  self.dispatchEvent(Object.assign(tap, { waitUntil: () => undefined }));
  return [opened, (await self.registration.getNotifications()).length];
}"""
AD = "(광고)"
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/jangteo/news/");
  return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
}"""
WORKERS = """async () => {
  const all = await navigator.serviceWorker.getRegistrations();
  return all.map(({ scope }) => new URL(scope).pathname).sort();
}"""


def asking(town: Town, phones: Phones, number: int, device: PracticePhone) -> Phone:
    """A customer's phone that can show messages, on the page about news."""
    bought(town.world, town.world.fish, number)
    held = signed_in(town, phones, f"010-{number // 10_000}-{number % 10_000:04}", opens_offline=True)
    held.page.context.grant_permissions(["notifications"])
    hand_out(held.page, device)
    held.page.add_init_script(f"({ASKS})()")
    return held.open("/jangteo/news/")


def send(town: Town, body: str) -> None:
    wanted = Wanted(str(uuid.uuid4()), "all", body, town.world.fish.pk, town.world.hairtail.pk)
    plan_campaign(market=town.world.market, actor=SYSTEM, wanted=wanted)


def is_kept(town: Town, device: PracticePhone) -> bool:
    with in_market(town.world.market.pk):
        return CustomerPush.objects.filter(endpoint=device.endpoint).exists()


def at_night_too(town: Town, device: PracticePhone) -> None:
    """So that messages leave at whatever hour this test runs."""
    with in_market(town.world.market.pk):
        user_id = CustomerPush.objects.get(endpoint=device.endpoint).user_id
    word = Word(Move.GIVEN, [(Channel.PUSH, Purpose.AD_NIGHT)], "shop", "밤에도 받을게요.")
    say_consent(market=town.world.market, actor=SYSTEM, user_id=user_id, word=word)


def advertised(page: Page, device: PracticePhone) -> bytes:
    """The message as it reached the browser's maker; that the consent was taken in is told by another one."""
    found = soon(page, lambda: [one.text for one in device.received if AD in one.text.decode()], len)
    return found[-1]


def messages(page: Page) -> list[dict[str, str]]:
    return list(page.evaluate(SHOWN))


def wake(page: Page, maker: Maker, text: bytes) -> None:
    """A worker that is just being changed hears nothing; push services try again, too."""
    for _ in range(TRIES):
        maker.wake(text)
        if soon(page, lambda: messages(page), len):
            return


def untold() -> int:
    """How many are about to be told of their own consent; at night that waits, and is tried all the same."""
    waiting = OutboxRow.objects.filter(topic="campaign.tell").exclude(status=OutboxRow.Status.FINISHED)
    return waiting.filter(attempts=0).count() + waiting.filter(status=OutboxRow.Status.RUNNING).count()


def tapped(held: Phone, action: str = "") -> tuple[str, int]:
    """What a tap on the one message there is opens, and how many are left then."""
    (worker,) = held.page.context.service_workers
    opened, left = worker.evaluate(TAPPED, action)
    return opened, left


@pytest.mark.rule(27)
def test_news_are_asked_for_shown_opened_and_ended(town: Town, notifying: Phones) -> None:
    market, device = town.world.market, device_of(town)
    held = asking(town, notifying, 33330088, device)
    page = held.page
    maker = Maker(page.context.new_cdp_session(page), held.base)
    expect(held.see("시장과 가게의 광고 소식을 휴대폰 알림으로 받는 데 동의해요.")).to_be_visible()
    assert (page.evaluate("asked"), is_kept(town, device)) == ([], False)

    held.press("동의하고 알림 받기")
    expect(held.page.get_by_role("button", name="알림 그만 받기")).to_be_visible()
    assert (page.evaluate("asked"), is_kept(town, device)) == ([True], True)

    at_night_too(town, device)
    send(town, "오늘 갈치가 좋아요.")
    text = advertised(page, device)
    wake(page, maker, text)
    assert messages(page) == [{"title": f"{AD}{market.name} {town.world.fish.name}", "body": "오늘 갈치가 좋아요."}]
    assert tapped(held) == (f"/jangteo/goods/{town.world.hairtail.pk}/", 0)

    wake(page, maker, text)
    refusal, left = tapped(held, "refuse")
    notifying().open(urlsplit(refusal).path).press("네, 그만 받을게요")
    expect(held.open("/jangteo/news/").page.get_by_role("button", name="동의하고 알림 받기")).to_be_visible()
    assert left == 0
    with pytest.raises(NobodyToTell):
        send(town, "오늘 고등어가 좋아요.")


@pytest.mark.rule(27)
def test_a_browser_that_is_gone_is_forgotten_and_one_that_is_turned_off_is_left_alone(
    town: Town, notifying: Phones
) -> None:
    device = device_of(town)
    held = asking(town, notifying, 33330089, device)
    on, off = (held.page.get_by_role("button", name=name) for name in ("동의하고 알림 받기", "알림 그만 받기"))
    held.tap(on)
    expect(off).to_be_visible()
    at_night_too(town, device)

    # What they are told of their own consent goes first, or it would find the browser gone before the news does.
    assert not soon(held.page, untold, lambda count: not count)
    device.gone = True
    send(town, "오늘 갈치가 좋아요.")
    assert not soon(held.page, lambda: is_kept(town, device), lambda kept: not kept)
    held.page.reload()
    expect(on).to_be_visible()

    device.gone = False
    held.tap(on)
    expect(off).to_be_visible()
    held.tap(off)
    expect(held.see("그렇게 해 뒀어요.")).to_be_visible()
    expect(on).to_be_visible()
    assert not is_kept(town, device)
    with pytest.raises(NobodyToTell):
        send(town, "오늘 고등어가 좋아요.")

    # Whoever sells in the market and shops there has both faces in one browser: neither's worker is over the other's.
    held.open(town.way_in(town.world.stranger)).page.wait_for_url("**/stall/")
    assert soon(held.page, lambda: held.page.evaluate(WORKERS), lambda all_of: len(all_of) > 1) == [
        "/jangteo/news/",
        "/stall/",
    ]
