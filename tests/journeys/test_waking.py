"""A phone in the apron, its screen off: a message of the push service wakes it, or else it rings as it always did."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from jangteo.adapters.webpush.simulator import PracticePhone
from jangteo.adapters.webpush.vapid import Sender
from jangteo.domains.people.models import PushSubscription
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import ARGUMENTS, BROWSERS, PATIENCE_MS, Phone, Phones
from tests.journeys.steps import expect_ringing
from tests.journeys.town import PUSH_CONTACT, Town
from tests.world import order

T = TypeVar("T")
EVERY_MS, TRIES = 50, 3
WHOLE_CHROMIUM = BROWSERS[-1]
# Its maker's push service cannot be reached from here. This is the browser's half of it: what it hands out to a page.
HANDS_OUT = """(told) => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const made = (key) => ({
    endpoint: told.endpoint,
    options: { applicationServerKey: bytes(key).buffer },
    toJSON: () => told,
    unsubscribe: async () => { localStorage.removeItem("handed out"); return true; },
  });
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly) throw new DOMException("only visible ones", "NotAllowedError");
    localStorage.setItem("handed out", applicationServerKey);
    return made(applicationServerKey);
  };
  PushManager.prototype.getSubscription = async () => {
    const key = localStorage.getItem("handed out");
    return key && made(key);
  };
}"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/stall/");
  const all = await registration.getNotifications();
  return all.map(({ title, body, silent, renotify }) => ({ title, body, silent: silent === true, renotify }));
}"""
COUNTED = "async () => (await (await navigator.serviceWorker.ready).getNotifications()).length"


@dataclass
class Maker:
    """The maker of a browser, who can wake it."""

    session: CDPSession
    origin: str
    registration: str = ""

    def __post_init__(self) -> None:
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.session.send("ServiceWorker.enable")

    def _note(self, event: dict[str, list[dict[str, str]]]) -> None:
        for one in event["registrations"]:
            self.registration = one["registrationId"]

    def wake(self, text: bytes) -> None:
        told = {"origin": self.origin, "registrationId": self.registration, "data": text.decode()}
        self.session.send("ServiceWorker.deliverPushMessage", told)


@pytest.fixture
def notifying(browser: Browser, town: Town) -> Iterator[Phones]:
    """Phones that can show messages: the browser without a window around it, which is all others', has none."""
    if not WHOLE_CHROMIUM.exists():
        pytest.skip("only a whole Chromium shows messages")
    # A worker asks for its script in the language of the browser, not in the one that a window plays.
    whole = browser.browser_type.launch(executable_path=WHOLE_CHROMIUM, args=[*ARGUMENTS, "--accept-lang=ko-KR"])
    given = Phones(whole, town.address)
    yield given
    whole.close()
    assert given.complaints() == []


def entered(town: Town, phone: Phones, device: PracticePhone) -> Phone:
    """A phone of 낯선 반찬 that may notify, with its worker up."""
    held = phone(opens_offline=True)
    held.page.context.grant_permissions(["notifications"])
    told = {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}}
    held.page.add_init_script(f"({HANDS_OUT})({json.dumps(told)})")
    held.open(town.way_in(town.world.stranger)).page.wait_for_url("**/stall/")
    expect(held.see("앞치마 속에서도 새 주문이 울려요.")).to_be_visible()
    return held


def endpoints(town: Town) -> list[str]:
    with in_market(town.world.market.pk):
        return list(PushSubscription.objects.values_list("endpoint", flat=True))


def shown(page: Page) -> list[dict[str, object]]:
    return list(page.evaluate(SHOWN))


def soon(page: Page, ask: Callable[[], T], is_enough: Callable[[T], object]) -> T:
    """The answer once it is enough, or in the end. (`wait_for_function` takes a promise for a yes.)"""
    for _ in range(PATIENCE_MS // TRIES // EVERY_MS):
        if is_enough(found := ask()):
            return found
        page.wait_for_timeout(EVERY_MS)
    return ask()


def device_of(town: Town) -> PracticePhone:
    return town.push.subscribe(Sender.of(town.push_key, PUSH_CONTACT).public)


@pytest.mark.rule(27)
def test_a_phone_with_its_screen_off_shows_the_order_once_until_it_is_answered(town: Town, notifying: Phones) -> None:
    device = device_of(town)
    held = entered(town, notifying, device)
    page = held.page
    maker = Maker(page.context.new_cdp_session(page), held.base)

    held.press("울리게 하기")
    expect(held.see("이제 화면을 꺼도 울려요.")).to_be_visible()
    assert endpoints(town) == [device.endpoint]
    held.open("/jangteo/help/")
    placed = order(town.world, (town.world.kimchi, 1))
    assert device.is_woken(PATIENCE_MS / 1000)
    # A worker that is just being changed hears nothing; push services try again, too.
    for _ in range(TRIES):
        maker.wake(device.received[0].text)
        if soon(page, lambda: shown(page), len):
            break

    body = f"{town.world.stranger.name} · 눌러서 보세요"
    (message,) = shown(page)
    assert message == {"title": f"새 주문 {placed.number}번", "body": body, "silent": False, "renotify": True}
    # The same once more, as happens when the worker dies between sending and writing it down.
    maker.wake(device.received[0].text)
    assert soon(page, lambda: shown(page), lambda all_shown: any(one["silent"] for one in all_shown)) == [
        {**message, "silent": True, "renotify": False}
    ]

    held.open("/stall/")
    assert page.evaluate(COUNTED) == 1
    held.press("주문 받기")
    assert soon(page, lambda: page.evaluate(COUNTED), lambda count: count == 0) == 0
    expect(held.page.locator("[data-waking]")).to_be_hidden()
    held.open("/stall/more/").press("끄기")
    expect(held.see("앞치마 속에서도 새 주문이 울려요.")).to_be_visible()
    assert endpoints(town) == []


@pytest.mark.rule(27)
def test_a_phone_that_may_not_notify_says_so_and_rings_as_before(town: Town, phone: Phones) -> None:
    held = phone(opens_offline=True).open(town.way_in(town.world.stranger))
    held.page.wait_for_url("**/stall/")

    expect(held.open("/stall/more/").see("이 전화기가 알림을 막아 뒀어요.")).to_be_visible()
    assert held.page.locator("[data-waking] button").locator("visible=true").count() == 0
    held.open("/stall/").press("소리 켜기")
    assert held.page.locator("[data-waking]").is_hidden()
    placed = order(town.world, (town.world.kimchi, 1))

    expect_ringing(held.page)
    expect(held.page.locator(".slip-new", has_text=f"{placed.number}번")).to_be_visible()
