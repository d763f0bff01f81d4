"""A kiosk that stands in the town, and every screen of it: the buttons that lead there and the words that prove it."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.models import Screen
from jangteo.kernel.audit import SYSTEM
from tests.journeys.phone import Phone
from tests.world import World

BEGIN, GOOD, PUT_IN, PAY = "화면을 눌러 주세요", "고등어", "담기", "네, 계산할게요"
NO_PHONE, BY_KIND, BY_WORD = "전화번호 남기기", "종류로 찾기", "말로 주문할게요"
PRACTISE = "연습해 보기"
# Pressed from the screen that waits, or what happens to the kiosk (kiosk.js), then what stands above.
KIOSK_SCREENS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "waiting": ((), "잘 오셨어요"),
    "goods": ((BEGIN,), "무엇을 드릴까요?"),
    "goods with some chosen": ((BEGIN, GOOD, PUT_IN, "더 고르기"), "무엇을 드릴까요?"),
    "kinds": ((BEGIN, BY_KIND), "어떤 종류를 찾으세요?"),
    "goods of a kind": ((BEGIN, BY_KIND, "생선"), "생선"),
    "how many": ((BEGIN, GOOD), GOOD),
    "how much of a weighed good": ((BEGIN, "갈치"), "갈치"),
    "basket": ((BEGIN, GOOD, PUT_IN), "이대로 드릴까요?"),
    "ways to pay": ((BEGIN, GOOD, PUT_IN, PAY), "무엇으로 내실까요?"),
    "telephone": ((BEGIN, GOOD, PUT_IN, PAY, NO_PHONE), "번호를 눌러 주세요"),
    "ticket": ((BEGIN, GOOD, PUT_IN, PAY, "현금"), "주문했어요"),
    "stalls": (("가게 찾기",), "어느 가게를 찾으세요?"),
    "map": (("가게 찾기", "순자네 수산"), "순자네 수산"),
    "say it at the stall": ((BEGIN, BY_KIND, BY_WORD, "순자네 수산"), "가게에서 말로 주문하세요"),
    "help": (("도움",), "도와줄 사람을 불렀어요"),
    "help that cannot be called": (("(no network)", "도움"), "지금은 부를 수 없어요"),
    "sound": ((BEGIN, "소리"), "소리"),
    "order on its way": ((BEGIN, GOOD, PUT_IN, PAY, "(nobody answers)", "현금"), "주문을 보내고 있어요"),
    "ticket without a network": ((BEGIN, GOOD, PUT_IN, PAY, "(no network)", "현금"), "주문했어요"),
    "ticket with another price": ((BEGIN, GOOD, PUT_IN, PAY, "(another price)", "현금"), "주문했어요"),
    "order refused": ((BEGIN, GOOD, PUT_IN, PAY, "(refused)", "현금"), "주문이 안 됐어요"),
    "left alone": ((BEGIN, GOOD, "(a minute goes by)"), "더 하시겠어요?"),
    "practice": ((PRACTISE,), "무엇을 드릴까요?"),
    "practice, how many": ((PRACTISE, GOOD), GOOD),
    "practice, basket": ((PRACTISE, GOOD, PUT_IN), "이대로 드릴까요?"),
    "practice, ways to pay": ((PRACTISE, GOOD, PUT_IN, PAY), "무엇으로 내실까요?"),
    "practice, ticket": ((PRACTISE, GOOD, PUT_IN, PAY, "현금"), "주문했어요"),
}
# Only whoever sets a kiosk up sees it, at the usual size of letters.
MILLIMETRES = (("화면 크기 맞추기",), "화면 크기 맞추기")
# With large letters one button leads to the ways to look for something.
LARGE_SCREENS: Mapping[str, tuple[tuple[str, ...], str]] = {
    **KIOSK_SCREENS,
    "ways to look": ((BEGIN, "찾기"), "어떻게 찾을까요?"),
    "kinds": ((BEGIN, "찾기", BY_KIND), "어떤 종류를 찾으세요?"),
    "goods of a kind": ((BEGIN, "찾기", BY_KIND, "생선"), "생선"),
    "say it at the stall": ((BEGIN, "찾기", BY_WORD, "순자네 수산"), "가게에서 말로 주문하세요"),
}


def press(page: Page, words: str) -> None:
    """The button with these words, turning pages as long as it is not there."""
    while not (found := button(page, words)).is_visible():
        page.get_by_role("button", name="다음 장", exact=True).click()
    found.click()


def button(page: Page, words: str) -> Locator:
    """The button that says this, or the card of the thing with this name."""
    card = page.locator(".card", has=page.get_by_text(words, exact=True))
    return page.get_by_role("button", name=words, exact=True).or_(card).first


def switched_on(world: World, kiosk: Phone) -> Screen:
    """Open the address, type the digits in the office, and wait until it invites."""
    kiosk.open("/k/")
    digits = kiosk.page.locator(".pairing-code")
    expect(digits).to_be_visible()
    code = "".join(digits.inner_text().split())
    made = claim_pairing(market=world.market, actor=SYSTEM, code=code, name="북문", place="북문 앞")
    expect(kiosk.page.locator("body[data-ready]")).to_be_visible()
    return made
