"""A phone in the apron, its screen off: a message of the push service wakes it, or else it rings as it always did."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from jangteo.adapters.webpush.simulator import PracticePhone
from jangteo.domains.people.models import PushSubscription
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import PATIENCE_MS, Phone, Phones
from tests.journeys.pushes import TRIES, Maker, device_of, hand_out, soon
from tests.journeys.steps import expect_ringing
from tests.journeys.town import Town
from tests.world import order

SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/stall/");
  const all = await registration.getNotifications();
  return all.map(({ title, body, silent, renotify }) => ({ title, body, silent: silent === true, renotify }));
}"""
COUNTED = "async () => (await (await navigator.serviceWorker.ready).getNotifications()).length"


def entered(town: Town, phone: Phones, device: PracticePhone) -> Phone:
    """A phone of 낯선 반찬 that may notify, with its worker up."""
    held = phone(opens_offline=True)
    held.page.context.grant_permissions(["notifications"])
    hand_out(held.page, device)
    held.open(town.way_in(town.world.stranger)).page.wait_for_url("**/stall/")
    expect(held.see("앞치마 속에서도 새 주문이 울려요.")).to_be_visible()
    return held


def endpoints(town: Town) -> list[str]:
    with in_market(town.world.market.pk):
        return list(PushSubscription.objects.values_list("endpoint", flat=True))


def shown(page: Page) -> list[dict[str, object]]:
    return list(page.evaluate(SHOWN))


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
