"""The first screen of every face, as a browser comes to it that knows whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.devices.actions.ask_pairing import ask_pairing
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.models import ScreenKind
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces._parts.screens import cookie_of
from jangteo.kernel import ids
from jangteo.kernel.audit import SYSTEM
from tests.bench.shop import Shop

CUSTOMER_KB, MARKET_KB, SCRIPTS_KB = 60, 80, 25
# A kiosk has a day to load; what it keeps for a day without a network may weigh this (tests/rules hold all of it).
KIOSK_KB = 1_500


@dataclass(frozen=True, slots=True)
class Face:
    """`most_kb` is what a first visit loads, pictures apart; `most_scripts_kb` the scripts among it, if that counts."""

    name: str
    url: str
    cookie: str
    most_kb: int
    most_scripts_kb: int | None = None


def faces(shop: Shop) -> list[Face]:
    """Of this installation; each makes itself known by a device of its own."""
    market, root = shop.market, shop.url.removesuffix(f"{shop.market.slug}/")
    stall = shop.basket[0].stall
    return [
        Face("customer", shop.url, "", CUSTOMER_KB, SCRIPTS_KB),
        Face("stall", f"{root}stall/", f"{STALL_COOKIE}={_device(market, stall, Role.OWNER)}", MARKET_KB),
        Face("helper", f"{root}h/", f"{OFFICE_COOKIE}={_device(market, None, Role.HELPER)}", MARKET_KB),
        Face("office", f"{root}office/", f"{OFFICE_COOKIE}={_device(market, None, Role.MANAGER)}", MARKET_KB),
        Face("board", f"{root}b/", _screen(market, ScreenKind.BOARD), MARKET_KB),
        Face("kiosk", f"{root}k/", _screen(market, ScreenKind.KIOSK), KIOSK_KB),
    ]


def _device(market: Market, stall: Stall | None, role: Role) -> str:
    token = make_entry_link(market=market, actor=SYSTEM, role=role, stall=stall)
    return bind_device(market=market, actor=SYSTEM, token=token)


def _screen(market: Market, kind: ScreenKind) -> str:
    """The cookie of a screen that was claimed for the market."""
    asked = ask_pairing(kind=kind, caller=ids.new_token())
    claim_pairing(market=market, actor=SYSTEM, code=asked.code, name="정문", place="정문 옆")
    return f"{cookie_of(kind)}={asked.secret}"
