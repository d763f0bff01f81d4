"""Screens of practice: the door, the five things, the ribbon on real screens, and the play gateway's window."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Then, Who, press


def began(*more: Then) -> Then:
    """Start practising on this phone, then the rest. The next screen's cookies end it."""

    def then(page: Page, scenes: Scenes) -> None:
        press("연습 시작하기")(page, scenes)
        page.wait_for_load_state()
        for step in more:
            step(page, scenes)

    return then


def called(page: Page, scenes: Scenes) -> None:
    """With a customer who has just ordered, on the stall's first screen."""
    press("손님 부르기")(page, scenes)
    page.wait_for_url("**/stall/")


def at_the_office(page: Page, _: Scenes) -> None:
    page.goto(page.url.replace("practice/", ""))


def read_out(page: Page, scenes: Scenes) -> None:
    """The consent of an invented owner."""
    page.goto(page.url.replace("practice/", "stalls/?for=act"))
    page.get_by_role("link", name=scenes.world.fish.name).first.click()
    press("번호 여쭤보기")(page, scenes)


def window(page: Page, _: Scenes) -> None:
    """As the pay page opens it."""
    own = page.url.replace("practice/", "")
    back = f"success={own}pay/x/done/&fail={own}pay/x/failed/"
    page.goto(f"{page.url}window/?orderId=r&orderName=고등어&amount=8000&{back}")


def ended(page: Page, _: Scenes) -> None:
    """The copy has gone while the phone lay there."""
    home = page.url.partition("stall")[0]
    page.context.add_cookies([{"name": "stall_device_practice", "value": "gone", "url": home}])
    page.goto(page.url.replace("practice/", ""))


PRACTICE_SCREENS: dict[str, Screen] = {
    "practice door at a stall": Screen(Who.STALL, lambda s: "/stall/practice/", "마음 놓고 연습하세요"),
    "practice at a stall": Screen(Who.STALL, lambda s: "/stall/practice/", "5가지 중 0가지", began()),
    "practice at a stall with a customer": Screen(Who.STALL, lambda s: "/stall/practice/", "주문", began(called)),
    "practice that has ended": Screen(Who.STALL, lambda s: "/stall/practice/", "연습이 끝났어요", ended),
    "practice door at the office": Screen(Who.OFFICE, lambda s: "/office/practice/", "마음 놓고 연습하세요"),
    "practice at the office": Screen(Who.OFFICE, lambda s: "/office/practice/", "들어오는 링크 만들기", began()),
    "practice at the office, busy": Screen(
        Who.OFFICE, lambda s: "/office/practice/", "오늘의 시장", began(at_the_office)
    ),
    "practice of helpers": Screen(Who.OFFICE, lambda s: "/h/practice/", "도움 요청 오게 하기", began()),
    "practice of helpers, asked for the code": Screen(
        Who.OFFICE, lambda s: "/h/practice/", "연습 사장님이 불러 준 번호예요", began(read_out)
    ),
    "practice door of the shop": Screen(Who.SHOPPER, lambda s: "/jangteo/practice/", "마음 놓고 연습하세요"),
    "practice in the shop": Screen(Who.SHOPPER, lambda s: "/jangteo/practice/", "장보기 연습", began()),
    "practice window": Screen(Who.SHOPPER, lambda s: "/jangteo/practice/", "연습 결제창", began(window)),
}
