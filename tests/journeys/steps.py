"""What people do again and again, each in as few taps as the screens allow."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.town import Town
from tests.world import World

NAME, NUMBER = "김하나", "010-0000-2000"


def search_for(shopper: Phone, initials: str, name: str) -> None:
    """From the front page by the first sounds, to the good's own page."""
    box = shopper.page.get_by_role("searchbox", name="물건 찾기")
    shopper.tap(box)
    box.press_sequentially(initials)
    shopper.tap(shopper.page.locator("#suggest").get_by_role("link", name=name))
    expect(shopper.page.get_by_role("heading", level=1)).to_contain_text(name)


def add(shopper: Phone, title: str) -> None:
    """Press the button on the good's card and see it counted."""
    card = shopper.page.get_by_role("article").filter(has=shopper.page.get_by_role("heading", name=title, exact=True))
    shopper.tap(card.get_by_role("button", name=f"{title} 담기"))
    expect(card.get_by_role("button", name="바구니에 1개 있어요")).to_be_visible()


def write_person(shopper: Phone, name: str = NAME, number: str = NUMBER) -> None:
    """The only two fields that an order cannot do without."""
    shopper.fill("이름", name)
    shopper.fill("전화번호", number)


def place(shopper: Phone) -> None:
    """Press the one green button of the checkout."""
    shopper.press("원 주문하기")


def placed_at_the_stall(shopper: Phone) -> None:
    """From a full basket to an order that is paid when it is fetched."""
    shopper.open("/jangteo/checkout/")
    write_person(shopper)
    place(shopper)
    expect(shopper.see("주문이 들어갔어요")).to_be_visible()


def fill_basket(shopper: Phone, *titles: str) -> None:
    shopper.open("/jangteo/goods/")
    for title in titles:
        add(shopper, title)


def at_the_stall(town: Town, phone: Phones, stall: Stall, *, line_breaks: bool = False) -> Phone:
    """The stall's phone, in by its link, on today's screen."""
    held = phone(line_breaks=line_breaks).open(town.way_in(stall))
    held.page.wait_for_url("**/stall/")
    return held


def last_order(world: World) -> Order:
    with in_market(world.market.pk):
        return Order.objects.latest("pk")


def part_of(world: World, order: Order, stall: Stall) -> StallPart:
    with in_market(world.market.pk):
        return StallPart.objects.get(order=order, stall=stall)


def is_ringing(page: Page) -> bool:
    """Whether the stall's phone rings now: its script says so on the document."""
    return bool(page.evaluate("'ringing' in document.documentElement.dataset"))


def expect_quiet(page: Page) -> None:
    """It rings no more as soon as it has heard that there is nothing left to answer."""
    expect(page.locator("html:not([data-ringing])")).to_be_attached()


def expect_ringing(page: Page) -> None:
    """It rings as soon as it has heard of it, which is not the moment in which the customer has."""
    expect(page.locator("html[data-ringing]")).to_be_attached()
