"""Screens around helpers: calling one, the helper's own phone, and the stall while somebody acts for it."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

from playwright.sync_api import Page

from jangteo.domains.helping.actions.begin_acting import begin_acting
from jangteo.domains.helping.actions.call_help import call_help
from jangteo.domains.helping.actions.end_acting import end_acting
from jangteo.domains.helping.actions.log_visit import log_visit
from jangteo.domains.helping.actions.make_consent_code import make_consent_code
from jangteo.domains.helping.actions.set_carry_points import set_carry_points
from jangteo.domains.helping.actions.take_call import take_call
from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.markets.actions.change_market import MarketFacts, change_market
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market
from jangteo.domains.people.queries import device_by_secret
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, press
from tests.world import device_of

MARKET_SEEN_S = 2.5
LONG_PLACE = "북문에서 세 번째 골목 끝 꽃집 간판이 보이는 파란 천막 아래"


def _helper_id(page: Page) -> int:
    secret = next(one["value"] for one in page.context.cookies() if one["name"] == OFFICE_COOKIE)
    device = device_by_secret(secret)
    assert device is not None
    return device.pk


def _called(scenes: Scenes, place: str = LONG_PLACE) -> HelpCall:
    call = NewCall("shop", place, "paying", str(uuid.uuid4()), phone="01012345678")
    return call_help(market=scenes.world.market, actor=SYSTEM, call=call)


def _of_stall(scenes: Scenes) -> HelpCall:
    fish = scenes.world.fish
    call = NewCall("stall", "순자네 수산 (시장 길)", "goods", str(uuid.uuid4()), "순자", fish.phone, fish.pk)
    return call_help(market=scenes.world.market, actor=SYSTEM, call=call)


def _taking(page: Page, scenes: Scenes) -> None:
    """One of one's own, one that waits."""
    _called(scenes)
    take_call(market=scenes.world.market, actor=SYSTEM, call_id=_of_stall(scenes).pk, helper_id=_helper_id(page))
    page.reload()


def _visited(page: Page, scenes: Scenes) -> None:
    log_visit(
        market=scenes.world.market,
        actor=SYSTEM,
        stall_id=scenes.world.fish.pk,
        helper_id=_helper_id(page),
        stuck=["phone", "goods", "money"],
        key=str(uuid.uuid4()),
    )
    page.reload()


def _acting(path: str) -> Callable[[Page, Scenes], None]:
    """The helper's phone shows the stall's own page."""

    def then(page: Page, scenes: Scenes) -> None:
        _consent(scenes, _helper_id(page))
        page.goto(re.sub(r"/h/.*", path, page.url))

    return then


def _consent(scenes: Scenes, helper_id: int) -> None:
    market, fish = scenes.world.market, scenes.world.fish
    end_acting(market=market, actor=SYSTEM, stall_id=fish.pk)
    digits = make_consent_code(market=market, actor=SYSTEM, stall_id=fish.pk, device_id=helper_id)
    begin_acting(market=market, actor=SYSTEM, stall_id=fish.pk, helper_id=helper_id, digits=digits)


def _beside_the_owner(page: Page, scenes: Scenes) -> None:
    """The same phone is the owner's and sees who acts."""
    _consent(scenes, _helper_id(page))
    page.context.clear_cookies(name=OFFICE_COOKIE)
    secret = device_of(scenes.world, scenes.world.fish)
    page.context.add_cookies([{"name": STALL_COOKIE, "value": secret, "url": re.sub(r"/h/.*", "/", page.url)}])
    page.goto(re.sub(r"/h/.*", "/stall/", page.url))


def _helper(path: str, says: str, then: Callable[[Page, Scenes], None] | None = None) -> Screen:
    return Screen(Who.OFFICE, lambda s: f"/h/{path.format(s.world.fish.pk)}", says, then)


def _carrying(scenes: Scenes) -> str:
    """Bags are carried on market days: whatever day this is, it is one. Pages see that after two seconds."""
    market = scenes.world.market
    facts = MarketFacts(market.slogan, market.phone, market.opens_at, market.closes_at, Cycle(daily=True))
    with unscoped():
        was = Market.objects.get(pk=market.pk)
    if change_market(market=market, actor=SYSTEM, facts=facts).cycle != was.cycle:
        time.sleep(MARKET_SEEN_S)
    set_carry_points(market=market, actor=SYSTEM, names=["주차장", "버스 정류장"])
    return "/help/jangteo/"


def _carried(scenes: Scenes) -> str:
    _carrying(scenes)
    call = NewCall("shop", LONG_PLACE, "carry", str(uuid.uuid4()), to="버스 정류장")
    return f"/help/jangteo/{call_help(market=scenes.world.market, actor=SYSTEM, call=call).token}/"


def _office_of_carrying(scenes: Scenes) -> str:
    _carrying(scenes)
    return "/office/helpers/carrying/"


HELPER_SCREENS: dict[str, Screen] = {
    "call for help": Screen(Who.SHOPPER, lambda s: "/help/jangteo/", "무엇을 도와드릴까요?"),
    "call for help without a place": Screen(
        Who.SHOPPER,
        lambda s: "/help/jangteo/?face=kiosk&place=",
        "어디인지 다시 적어 주세요",
        press("돈 내는 법"),
    ),
    "call to have bags carried": Screen(Who.SHOPPER, _carrying, "짐 들어 드릴까요?"),
    "bags are carried": Screen(Who.SHOPPER, _carried, "버스 정류장"),
    "carrying of the association": Screen(Who.OFFICE, _office_of_carrying, "들어다 드린 날"),
    "stall calls for help": Screen(Who.STALL, lambda s: "/help/jangteo/", "무엇을 도와드릴까요?"),
    "help was called": Screen(Who.SHOPPER, lambda s: f"/help/jangteo/{_called(s).token}/", "도우미를 부르고 있어요"),
    "call taken back": Screen(
        Who.SHOPPER,
        lambda s: f"/help/jangteo/{_called(s, '남문').token}/",
        "부르기를 그만뒀어요",
        press("괜찮아요, 안 오셔도 돼요"),
    ),
    "stall's helpers": Screen(Who.STALL, lambda s: "/stall/helper/", "도우미가 한 일"),
    "code to read out": Screen(Who.STALL, lambda s: "/stall/helper/", "불러 주세요", press("대신 하게 번호 보기")),
    "helper's queue": _helper("", "내가 맡은 일", _taking),
    "guides": _helper("guides/", "어르신 옆에서"),
    "guide": _helper("guides/price/?step=2", "걸음 가운데"),
    "guide with a code": _helper("guides/sticker/?step=2", "걸음 가운데"),
    "stalls to visit": _helper("stalls/?for=visit", "다녀오셨어요"),
    "stalls not found": _helper("stalls/?q=우주선", "그런 가게가 없어요"),
    "stall for helpers": _helper("stalls/{}/", "무엇이 막혔나", _visited),
    "visit": _helper("stalls/{}/visit/", "무엇이 막혔어요?"),
    "set a stall up": _helper("stalls/{}/set-up/", "가지를 했어요"),
    "code to act": _helper("stalls/{}/act/", "사장님께 번호를"),
    "acting": _helper("", "일을 대신 하고 있어요", _acting("/stall/")),
    "acting on goods": _helper("", "일을 대신 하고 있어요", _acting("/stall/goods/")),
    "acting where only the owner may": _helper("", "사장님만 하실 수 있어요", _acting("/stall/helper/")),
    "queue while acting": _helper("", "이어 하기", _acting("/h/")),
    "stall while somebody acts": _helper("", "일을 대신 하고 있어요", _beside_the_owner),
    "helpers of the association": Screen(Who.OFFICE, lambda s: "/office/helpers/", "들어와 있는 도우미"),
}
