"""What deletes, refuses or changes a price is undone by one tap, or asked about before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangteo.domains.catalog.actions.end_prices import end_prices
from jangteo.domains.catalog.actions.set_price_life import set_price_life
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.tests import pictures
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.models import StallPart
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from scripts.messages import PACKAGE
from tests.security.table import ADDRESSES
from tests.world import GUEST, World, order, wants

UNDO = "되돌리기"
# Addresses whose name says that something goes, changes its price or is refused.
TAKES_AWAY = re.compile(r"away|back/|cancel|end/|keep/|leave|life|photo/|refus|retire|revoke|sale/|set/|sheet/$|say/$"
                        r"|refund/|<int:good_id>/$|calls.*done")  # fmt: skip
# What is no loss to anybody: a way back itself, an address of a programme, or a page to look at.
NO_LOSS = {
    "<slug:slug>/goods/<int:good_id>/": "only looked at",
    "<slug:slug>/pay/<str:token>/back/<str:window>/": "the way back from a payment window",
    "<slug:slug>/leave/": "the number lets one in again",
    "stall/prices/back/": "a way back itself",
    "stall/qr/back/<int:refund_id>/undo/": "a way back itself",
    "stall/stamps/back/": "a way back itself",
    "stall/till/coupons/back/": "a way back itself",
    "stall/handed-back/<int:leg_id>/": "says that a hand was emptied, on a page that asks whether it was",
    "stall/helper/end/": "the stall lets the helper in again by another number",
    "h/calls/<int:call_id>/leave/": "gives a call back to the queue, where it can be taken again",
    "h/hub/parts/<int:part_id>/back/": "a way back itself",
    "office/delivery/whatif/keep/": "keeps something beside what is there",
    "office/delivery/came-back/<int:stop_id>/again/": "goes out once more, and may come back again",
    "office/orders/<int:order_id>/refund/": "asked about on a page of its own, with the sums: test_orders",
    "office/money/statements/<int:statement_id>/back/": "inside a question: see below",
    "office/messages/refusals/": "writes down a no that people said; they say yes again themselves",
    "<slug:slug>/rebate/<str:token>/leave/": "the same button gives the number its place again",
}


@dataclass(frozen=True, slots=True)
class At:
    world: World
    stall: Client
    helper: Client
    shopper: Client

    def undone(self, address: str, **fields: object) -> str:
        """The page that follows on the stall's phone."""
        return self.stall.post(address, fields, follow=True).content.decode()

    def part(self) -> int:
        """Of an order for two mackerels."""
        order(self.world, (self.world.mackerel, 2))
        with in_market(self.world.market.pk):
            return StallPart.objects.latest("pk").pk

    @property
    def good(self) -> str:
        return f"/stall/goods/{self.world.mackerel.pk}/"


def kept_prices(at: At) -> str:
    market, good = at.world.market, at.world.mackerel.pk
    set_price_life(market=market, actor=SYSTEM, good_id=good, life=Good.PriceLife.TODAY)
    end_prices(market=market, actor=SYSTEM, good_ids=[good])
    return at.undone("/stall/prices/keep/", good=good, next="goods")


def after_helping(at: At) -> str:
    at.stall.post("/help/jangteo/", {"what": "orders", "key": "k" * 36})
    [take] = re.findall(r'action="(/h/calls/\d+/take/)"', at.helper.get("/h/").content.decode())
    at.helper.post(take)
    at.helper.post(take.replace("take", "done"))
    return at.helper.get("/h/").content.decode()


def out_of_the_basket(at: At) -> str:
    for quantity in (2, 0):
        page = at.shopper.post("/jangteo/basket/set/", {"good_id": at.world.tofu.pk, "quantity": quantity}, follow=True)
    return page.content.decode()


def with_a_photo(at: At) -> str:
    content = pictures.jpeg(pictures.quarters((640, 480)))
    return at.undone(f"{at.good}photo/", photo=SimpleUploadedFile("IMG_0001.jpg", content, "image/jpeg"))


UNDONE: dict[str, Callable[[At], str]] = {
    "stall/goods/<int:good_id>/": lambda at: at.undone(at.good, price_won="8500"),
    "stall/goods/<int:good_id>/sale/": lambda at: at.undone(f"{at.good}sale/", state="sold_out"),
    "stall/goods/<int:good_id>/life/": lambda at: at.undone(f"{at.good}life/", life="today"),
    "stall/goods/<int:good_id>/away/": lambda at: at.undone(f"{at.good}away/"),
    "stall/goods/<int:good_id>/photo/": lambda at: at.undone(
        f"{at.good}photo/",
        photo=SimpleUploadedFile("a.jpg", pictures.jpeg(pictures.quarters((640, 480))), "image/jpeg"),
    ),
    "stall/goods/sheet/": lambda at: at.undone(
        "/stall/goods/sheet/", name="고등어", unit="", price="9,000원", sure="yes"
    ),
    "stall/goods/say/": lambda at: at.undone("/stall/goods/say/", said="고등어 품절"),
    "stall/prices/keep/": kept_prices,
    "h/calls/<int:call_id>/done/": after_helping,
    "<slug:slug>/basket/set/": out_of_the_basket,
}


def refusing(at: At) -> str:
    return at.stall.get(f"/stall/orders/{at.part()}/refuse/").content.decode()


def cancelling(at: At) -> str:
    placed = place_order(market=at.world.market, actor=GUEST, wanted=wants((at.world.mackerel, 2)), key="k" * 36)
    return at.shopper.get(f"/jangteo/order/{placed.token}/").content.decode()


# The question that is asked before, with the amount in words.
ASKED: dict[str, tuple[Callable[[At], str], str]] = {
    "stall/orders/<int:part_id>/refuse/": (refusing, "16,000원"),
    "<slug:slug>/order/<str:token>/cancel/": (cancelling, "16,000원어치 주문을 모두 취소할까요?"),
}
# Stand inside a question that opens on the spot, or on a page of its own.
IN_A_QUESTION = {
    "office:revoke": "office/devices/<int:device_id>/revoke/",
    "office:revoke_key": "office/keys/<int:token_id>/revoke/",
    "office:retire_screen": "office/screens/<int:screen_id>/retire/",
    "office:take_parcel_back": "office/deliveries/parcels/<int:parcel_id>/back/",
    "office:take_back_policy": "office/policies/<int:policy_id>/take-back/",
    "office:cancel_sign_up": "office/events/sign-ups/<int:sign_up_id>/cancel/",
    "office:call_back": "office/money/statements/<int:statement_id>/back/",
}
ON_ITS_OWN_PAGE = {
    "office/policies/<int:policy_id>/end/": "office/end_policy.html",
    "office/orders/<int:order_id>/end/": "office/ungiven.html",
    "stall/orders/<int:part_id>/refund/": "merchant/refund_sure.html",
    "stall/qr/<int:sale_id>/back/": "merchant/give_back_sure.html",
    "stall/asks/<int:inquiry_id>/give-back/": "merchant/claim_give_back.html",
    "stall/news/send/": "merchant/news_sure.html",
}


@pytest.fixture
def at(world: World, stall: Client, helper: Client, client: Client) -> At:
    return At(world, stall, helper, client)


@pytest.mark.rule(30)
@pytest.mark.parametrize("address", UNDONE)
def test_it_is_undone_in_one_tap(at: At, address: str) -> None:
    assert UNDO in UNDONE[address](at)


@pytest.mark.rule(30)
@pytest.mark.parametrize("address", ASKED)
def test_it_is_asked_about_with_the_amount(at: At, address: str) -> None:
    page, question = ASKED[address]

    assert question in page(at)


@pytest.mark.rule(30)
def test_a_leap_in_price_is_asked_about_with_both_prices(at: At) -> None:
    assert "8,000원에서 <b>80,000원</b>으로" in at.undone(at.good, price_won="80000")


@pytest.mark.rule(30)
def test_nothing_of_the_office_goes_by_a_single_press() -> None:
    bare = {
        f"{path.name}: {url}"
        for path in sorted(PACKAGE.glob("faces/office/templates/**/*.html"))
        for url in outside_a_question(path.read_text(encoding="utf-8"))
        if url in IN_A_QUESTION
    }

    assert bare == set()


@pytest.mark.rule(30)
@pytest.mark.parametrize("template", ON_ITS_OWN_PAGE.values())
def test_a_question_on_its_own_page_says_what_is_lost_and_has_a_no(template: str) -> None:
    face, _, name = template.partition("/")
    page = (PACKAGE / "faces" / face / "templates" / face / name).read_text(encoding="utf-8")

    assert "<h1>" in page
    assert "<form" in page
    assert re.search("그만둘래요|<c-back", page)


@pytest.mark.rule(30)
def test_no_address_that_takes_away_is_left_out() -> None:
    takes = {address for address, deeds in ADDRESSES.items() if TAKES_AWAY.search(address) and "POST" in deeds}
    ours = {address for address in takes if not address.startswith(("api/", "hooks/", "b/"))}
    known = {*UNDONE, *ASKED, *IN_A_QUESTION.values(), *ON_ITS_OWN_PAGE, *NO_LOSS}

    assert ours - known == set()
    assert known <= ADDRESSES.keys()


def outside_a_question(source: str) -> list[str]:
    """Names of the addresses that forms outside of any <details> post to."""
    parser = _Forms()
    parser.feed(source)
    return list(parser.found())


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._actions: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "details":
            self._depth += 1
        if tag == "form" and not self._depth:
            self._actions.append(dict(attrs).get("action") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self._depth -= 1

    def found(self) -> Iterator[str]:
        for action in self._actions:
            yield from re.findall(r"url '([\w:]+)'", action)


def test_a_bare_form_is_found() -> None:
    form = "<form action=\"{% url 'office:revoke' key.pk %}\"></form>"

    assert outside_a_question(form) == ["office:revoke"]
    assert outside_a_question(f"<details><summary>?</summary>{form}</details>") == []
