"""Every screen there is: how one comes to it, on whose phone, and the words that prove it is that one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from playwright.sync_api import Page, expect

from jangteo.domains.markets.actions.change_market import MarketFacts, change_market
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.queries_policies import policy_rows
from jangteo.domains.payments.rules.policies import Policy
from jangteo.faces._parts.views import forbidden, server_error
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import Scenes
from tests.journeys.street import CLOSED, LAST_ONES, LONG, OIL, SOLD_OUT

LONG_AGO = timedelta(minutes=25)
State = Callable[[Scenes], PlacedOrder]
Then = Callable[[Page, Scenes], None]


class Who(StrEnum):
    """Whose phone it is."""

    SHOPPER = "shopper"
    FULL_BASKET = "shopper with a full basket"
    BAD_BASKET = "shopper whose basket cannot be bought"
    REGULAR = "shopper who has ordered here before"
    CUSTOMER = "signed-in customer"
    SAVER = "signed-in customer with a basket"
    STALL = "stall"
    INVITED = "stall with a link that waits for a tap"
    OFFICE = "association"
    COURIER = "courier"
    NEW_COURIER = "courier without a round"
    NEW_OFFICE = "association of a market where nothing has happened yet"
    FOUNDER = "association of a market without a stall"


@dataclass(frozen=True, slots=True)
class Screen:
    """`address` brings the market into the right state, `then` does the rest on the page; `says` is read in the end."""

    who: Who
    address: Callable[[Scenes], str]
    says: str
    then: Then | None = None


def shop(path: str, says: str, then: Then | None = None, who: Who = Who.SHOPPER) -> Screen:
    return Screen(who, lambda scenes: f"/jangteo/{path}", says, then)


def good(name: str) -> Screen:
    return shop_of(lambda scenes: f"goods/{scenes.good(name).pk}/", name)


def shop_of(path: Callable[[Scenes], str], says: str, who: Who = Who.SHOPPER) -> Screen:
    return Screen(who, lambda scenes: f"/jangteo/{path(scenes)}", says)


def order(state: State, says: str, page: str = "order/{}/", then: Then | None = None) -> Screen:
    return Screen(Who.SHOPPER, lambda scenes: f"/jangteo/{page.format(state(scenes).token)}", says, then)


def after(state: Callable[[Scenes], object], path: str) -> Callable[[Scenes], str]:
    """The address, once this has happened."""

    def address(scenes: Scenes) -> str:
        state(scenes)
        return path

    return address


def today(says: str, *states: Callable[[Scenes], object], path: str = "/stall/", then: Then | None = None) -> Screen:
    """A screen of the stall with an order in each of these states."""

    def address(scenes: Scenes) -> str:
        for state in states:
            state(scenes)
        return path

    return Screen(Who.STALL, address, says, then)


def slip(state: State, says: str, page: str = "", then: Then | None = None) -> Screen:
    """A screen of the stall about one slip."""

    def address(scenes: Scenes) -> str:
        placed = state(scenes)
        line = scenes.line(placed, scenes.world.hairtail)
        return f"/stall/orders/{scenes.part(placed, scenes.world.fish).pk}/{page.format(line.pk)}"

    return Screen(Who.STALL, address, says, then)


def mackerel(says: str, then: Then | None = None) -> Screen:
    return Screen(Who.STALL, lambda scenes: f"/stall/goods/{scenes.world.mackerel.pk}/", says, then)


def policies(scenes: Scenes) -> str:
    """A policy that holds and one that comes, of each scheme."""
    today, market = clock.calendar_day(), scenes.world.market
    for scheme in ("onnuri", "local"):
        for starts, points in ((today, 1_000), (today + timedelta(days=30), 750)):
            told = Policy(id="new", scheme=scheme, area="", starts=starts, discount_bp=points, monthly_cap_won=500_000)
            add_policy(market=market, actor=SYSTEM, policy=told, origin=Origin("office", "공고 7호"))
    return "policies/"


def ending(scenes: Scenes) -> str:
    policies(scenes)
    with in_market(scenes.world.market.pk):
        return f"policies/{policy_rows()[0].pk}/end/"


def office(path: Callable[[Scenes], str], says: str, then: Then | None = None) -> Screen:
    return Screen(Who.OFFICE, lambda scenes: f"/office/{path(scenes)}", says, then)


def press(name: str) -> Then:
    return lambda page, _: page.get_by_role("button", name=name).locator("visible=true").first.click()


def unfold(name: str, button: str) -> Then:
    """Open what is folded under this name, and press the button in it."""

    def then(page: Page, scenes: Scenes) -> None:
        page.locator("summary", has_text=name).click()
        press(button)(page, scenes)

    return then


def write(label: str, text: str, button: str) -> Then:
    def then(page: Page, _: Scenes) -> None:
        page.get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name=button, exact=True).locator("visible=true").click()

    return then


def with_a_lost_form(page: Page, scenes: Scenes) -> None:
    """The browser has forgotten its cookies when the form is sent."""
    page.context.clear_cookies()
    press("큰 글씨")(page, scenes)


def with_a_broken_form(page: Page, _: Scenes) -> None:
    """In one breath: what the market says may fill the form anew between the two."""
    button = page.get_by_role("button", name="바구니에 담기").locator("visible=true").first
    button.evaluate("button => { button.form.elements.good_id.value = 'x'; button.click() }")


def cancel_too_late(page: Page, scenes: Scenes) -> None:
    """The stall takes the order, and the page says so, while the customer is still looking at the button."""
    page.locator("summary", has_text="주문 취소하기").click()
    scenes.accept(scenes.latest())
    expect(page.get_by_role("heading", level=1)).to_have_text("가게에서 준비하고 있어요")
    press("네, 모두 취소할게요")(page, scenes)


def counting(selector: str, count: int) -> Then:
    return lambda page, _: expect(page.locator(selector)).to_have_count(count)


def answering(handler: Callable[[HttpRequest], HttpResponse]) -> Then:
    """Show what the handler answers: nothing that a person does leads there."""

    def then(page: Page, _: Scenes) -> None:
        body = handler(RequestFactory().get("/jangteo/")).content.decode()
        page.route("**/jangteo/", lambda route: route.fulfill(body=body, content_type="text/html"), times=1)
        page.reload()

    return then


def unchecked(then: Then) -> Then:
    """As an older browser does it, which leaves the checking to us."""

    def whole(page: Page, scenes: Scenes) -> None:
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        then(page, scenes)

    return whole


def two_markets(scenes: Scenes) -> str:
    return f"/?{scenes.elsewhere.market.slug}"


def every_state(scenes: Scenes) -> None:
    for state in (Scenes.new, Scenes.new, Scenes.accepted, Scenes.weighed, Scenes.ready, Scenes.short):
        state(scenes)


def busy_office(scenes: Scenes) -> str:
    with clock.at(clock.now() - LONG_AGO):
        scenes.new()
    scenes.mismatched()
    scenes.short()
    scenes.rejected_refund()
    scenes.stuck_effect()
    return ""


def rotating_market(scenes: Scenes) -> str:
    market = scenes.world.market
    facts = MarketFacts(
        market.slogan, market.phone, market.opens_at, market.closes_at, Cycle(daily=True, digits=(2, 7))
    )
    change_market(market=market, actor=SYSTEM, facts=facts)
    return "market/?done=market"


def closed_door(scenes: Scenes) -> None:
    scenes.door(Stall.Door.CLOSED)


SCREENS: dict[str, Screen] = {
    # The shop.
    "front": shop("", "저녁 밥상까지"),
    "front with a basket": shop("", "저녁 밥상까지", who=Who.FULL_BASKET),
    "goods": shop("goods/", "장보기", who=Who.FULL_BASKET),
    "goods of a kind": shop("goods/?kind=fish&sort=cheap", "장보기"),
    "no goods": shop("goods/?kind=fish&stall=999999", "장보기"),
    "good": good("고등어"),
    "weighed good": good("갈치"),
    "good with a long name": good(LONG),
    "sold-out good": good(SOLD_OUT),
    "last ones": good(LAST_ONES),
    "good of a closed stall": good(OIL),
    "good that is in the basket": shop_of(lambda s: f"goods/{s.world.hairtail.pk}/", "갈치", Who.FULL_BASKET),
    "stall": shop_of(lambda s: f"stall/{s.world.greens.code}/", "푸른채소"),
    "closed stall": shop_of(lambda s: f"stall/{s.closed_stall().code}/", CLOSED),
    "map": shop("map/", "길찾기"),
    "map with a stall": shop_of(lambda s: f"map/?stall={s.world.fish.code}", "길찾기"),
    "search": shop("search/?q=고등어", "고등어"),
    "search by first sounds": shop("search/?q=ㄱㄷㅇ", "ㄱㄷㅇ"),
    "search with a typo": shop("search/?q=고등에", "고등에"),
    "search for a stall": shop("search/?q=순자네", "순자네"),
    "nothing found": shop("search/?q=우주선", "우주선"),
    "search for nothing": shop("search/", "물건 찾기"),
    "help": shop("help/", "장보는 법"),
    "empty basket": shop("basket/", "바구니가 비었어요"),
    "full basket": shop("basket/", "바구니", who=Who.FULL_BASKET),
    "basket that cannot be bought": shop("basket/", "살 수 없는 것이", who=Who.BAD_BASKET),
    "basket after taking out": shop_of(lambda s: f"basket/?removed={s.world.tofu.pk}&quantity=2", "바구니에서 뺐어요"),
    "checkout": shop("checkout/", "주문하기", who=Who.FULL_BASKET),
    "checkout with errors": shop("checkout/", "빨간 글씨", press("주문하기"), Who.FULL_BASKET),
    "pay": order(Scenes.unpaid, "카드로 내기", "pay/{}/"),
    "pay failed": order(Scenes.unpaid, "결제가 안 됐어요", "pay/{}/failed/?code=REJECT_CARD_COMPANY"),
    "order not paid": order(Scenes.unpaid, "결제를 기다리고 있어요"),
    "order in question": order(Scenes.in_question, "결제를 확인하고 있어요"),
    "order expired": order(Scenes.expired, "결제 시간이 지나서 멈췄어요"),
    "order with a wrong amount": order(Scenes.mismatched, "결제 금액이 주문과 달라요"),
    "order paid": order(lambda s: s.paid(s.unpaid()), "카드로 낸 돈"),
    "order new": order(Scenes.new, "주문이 들어갔어요"),
    "order accepted": order(Scenes.accepted, "준비하고 있어요"),
    "order weighed": order(Scenes.weighed, "달아 보니 430g"),
    "order ready": order(Scenes.ready, "다 됐어요"),
    "order closed": order(Scenes.closed, "잘 끝났어요"),
    "order refused by a stall": order(Scenes.refused, "이번엔 못 드려요"),
    "order cancelled": order(Scenes.cancelled, "취소한 주문이에요"),
    "order with a shortfall": order(Scenes.short_order, "모자라"),
    "no orders": shop("orders/", "아직 주문이 없어요"),
    "orders": shop("orders/", "준비하고 있어요", counting(".ticket", 3), Who.REGULAR),
    "orders of an account": shop("orders/", "나가기", who=Who.CUSTOMER),
    "enter": shop("enter/", "휴대폰 번호로 들어가기"),
    "enter with errors": shop(
        "enter/", "문자를 받을 수 있는 휴대폰 번호", write("휴대폰 번호", "02-123-4567", "문자 받기")
    ),
    "code": shop("enter/", "문자로 온 번호를 적어 주세요", write("휴대폰 번호", "010-3333-0077", "문자 받기")),
    "markets": Screen(Who.SHOPPER, two_markets, "어느 시장에 가세요?"),
    # What went wrong.
    "no such page": Screen(Who.SHOPPER, lambda s: "/jangteo/nothing/", "그런 화면이 없어요"),
    "no such market": Screen(Who.SHOPPER, lambda s: "/nowhere/", "그런 화면이 없어요"),
    "no such order": shop("order/nobody/", "그런 화면이 없어요"),
    "form too old": shop("", "화면이 오래됐어요", with_a_lost_form),
    "form not understood": Screen(
        Who.SHOPPER, lambda s: f"/jangteo/goods/{s.world.tofu.pk}/", "요청을 알아듣지 못했어요", with_a_broken_form
    ),
    "not allowed": shop(
        "", "여기는 들어올 수 없어요", answering(lambda request: forbidden(request, PermissionDenied()))
    ),
    "stopped": shop("", "잠깐 멈췄어요", answering(server_error)),
    "too late to cancel": order(Scenes.new, "벌써 준비하고 있어요", then=cancel_too_late),
    # The stall's phone.
    "link": Screen(Who.INVITED, Scenes.way_in, "순자네 수산"),
    "stranger at a stall": Screen(Who.SHOPPER, lambda s: "/stall/", "이 전화기는 아직 못 들어와요"),
    "dead link": Screen(Who.SHOPPER, lambda s: "/in/nothing/", "이 링크로는 들어갈 수 없어요"),
    "today, nothing to do": today("하실 일이 없어요"),
    "today, one order": today("새 주문이 왔어요", Scenes.new),
    "today, three orders": today("새 주문 3개가 왔어요", Scenes.new, Scenes.new, Scenes.new),
    "today, everything at once": today("건네줄 주문", every_state),
    "today, closed": today("장사를 마쳤어요", closed_door),
    "today after a tap": today("번을 받았어요", Scenes.new, then=press("주문 받기")),
    "orders of the stall": today("주문표", Scenes.new, Scenes.ready, Scenes.refused, path="/stall/orders/"),
    "slip new": slip(Scenes.new, "번 주문"),
    "slip weighed": slip(Scenes.weighed, "번 주문"),
    "slip ready": slip(Scenes.ready, "번 주문"),
    "slip handed over": slip(Scenes.handed_over, "건넸어요"),
    "slip refused": slip(Scenes.refused, "못 받는다고"),
    "refuse": slip(Scenes.new, "왜 못 받으세요?", "refuse/"),
    "weigh": slip(Scenes.accepted, "갈치", "weigh/{}/"),
    "weigh again": slip(Scenes.weighed, "갈치", "weigh/{}/"),
    "weigh with an error": slip(Scenes.accepted, "저울에 나온 무게를", "weigh/{}/", write("그램", "0", "됐어요")),
    "over the ceiling": slip(Scenes.accepted, "덜어 내고 다시 달기", "weigh/{}/", write("그램", "900", "됐어요")),
    "too late": slip(Scenes.ready, "다시 봐 주세요", "weigh/{}/", write("그램", "400", "됐어요")),
    "goods of the stall": today("물건·값", path="/stall/goods/"),
    "goods of the stall after a tap": today(
        "품절로 해 뒀어요", path="/stall/goods/", then=press(f"{LAST_ONES} 품절로 하기")
    ),
    "new good": today("물건 올리기", path="/stall/goods/new/"),
    "new good with errors": today("아직 안 올렸어요", path="/stall/goods/new/", then=press("올리기")),
    "nothing there at the stall": today("찾지 못했어요", path="/stall/goods/0/"),
    "price": mackerel("고등어"),
    "price with an error": mackerel("너무 큰 값", unchecked(write("다른 값", "99999999", "바꾸기"))),
    "price that leaps": mackerel("이 값이 맞나요?", write("다른 값", "80000", "바꾸기")),
    "door": Screen(Who.STALL, lambda s: "/stall/door/", "지금 어떠세요?"),
    "goods that are missing": Screen(Who.STALL, lambda s: f"/stall/shortfalls/{s.short().pk}/", "돌려드릴까요?"),
    # The association.
    "stranger at the office": Screen(Who.SHOPPER, lambda s: "/office/", "이 전화기는 아직 못 들어와요"),
    "office, nothing to do": Screen(Who.NEW_OFFICE, lambda s: "/office/", "손 볼 일이 없어요"),
    "office, busy": office(busy_office, "멈춘 일"),
    "office, missing goods": office(lambda s: f"shortfalls/{s.short().pk}/", "돌려드릴까요?"),
    "office log": office(lambda s: "log/", "기록"),
    "office stalls": office(lambda s: "stalls/", "점포"),
    "office stall": office(lambda s: f"stalls/{s.world.fish.pk}/", "순자네 수산"),
    "office stall without phones": office(lambda s: f"stalls/{s.closed_stall().pk}/", CLOSED),
    "office stalls, none": Screen(Who.FOUNDER, lambda s: "/office/stalls/", "아직 점포가 없어요"),
    "office new stall": office(lambda s: "stalls/new/", "점포 올리기"),
    "office new stall with errors": office(lambda s: "stalls/new/", "점포 이름을 적어 주세요", press("점포 올리기")),
    "office key": office(lambda s: f"stalls/{s.world.fish.pk}/", "이 화면을 벗어나면", press("프로그램용 열쇠 만들기")),
    "nothing there at the office": office(lambda s: "stalls/0/", "찾지 못했어요"),
    "office stall facts": office(lambda s: f"stalls/{s.world.fish.pk}/facts/", "점포 정보"),
    "office stall facts with errors": office(
        lambda s: f"stalls/{s.world.fish.pk}/facts/", "사장님 이름을 적어", write("사장님 이름", "", "이대로 고치기")
    ),
    "office new street": office(lambda s: "streets/new/", "골목 더하기"),
    "office street with an error": office(
        lambda s: f"streets/{s.world.fish.street_id}/", "골목 이름을 적어", write("골목 이름", "", "바꾸기")
    ),
    "office market": office(lambda s: "market/", "시장 정보"),
    "office market with market days": office(rotating_market, "다가오는 장날"),
    "office market with errors": office(
        lambda s: "market/", "여는 시간보다 늦은", write("닫는 시간", "00:00", "이대로 고치기")
    ),
    "office policies, none": Screen(Who.FOUNDER, lambda s: "/office/policies/", "아직 적어 둔 정책이 없어요"),
    "office policies": office(policies, "오늘 우리 시장"),
    "office new policy": office(lambda s: "policies/new/", "정책 적기"),
    "office new policy with errors": office(lambda s: "policies/new/", "7.5처럼", press("정책 적기")),
    "office end of a policy": office(ending, "정책 끝내기"),
    "office budget of a policy": office(lambda s: ending(s).replace("/end/", "/budget/"), "예산 넣기"),
    "office file of policies": office(lambda s: "policies/file/", "정책 파일"),
    "office file of policies with an error": office(lambda s: "policies/file/", "골라 주세요", press("바뀌는 것 보기")),
    "office prepaid money": office(lambda s: "wallet/", "제28조"),
    "office link": office(lambda s: f"stalls/{s.world.fish.pk}/", "새 링크", press("사장님 링크 만들기")),
}
