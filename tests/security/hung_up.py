"""Screens that stand in a market."""

from __future__ import annotations

from jangteo.domains.devices.actions.ask_pairing import ask_pairing
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.actions.retire_screen import retire_screen
from jangteo.domains.devices.models import ScreenKind
from jangteo.domains.markets.models import Market
from jangteo.faces._parts.screens import cookie_of
from jangteo.kernel import ids
from jangteo.kernel.audit import SYSTEM


def board_in(market: Market) -> int:
    """The number of a board. Each is paired by a caller of its own, so that no limit is met."""
    asked = ask_pairing(kind=ScreenKind.BOARD, caller=ids.new_token())
    made = claim_pairing(market=market, actor=SYSTEM, code=asked.code, name="정문 알림판", place="정문 위")
    return made.pk


def kiosk_in(market: Market, *, is_retired: bool = False) -> dict[str, str]:
    """The cookies of a kiosk."""
    asked = ask_pairing(kind=ScreenKind.KIOSK, caller=ids.new_token())
    made = claim_pairing(market=market, actor=SYSTEM, code=asked.code, name="북문", place="북문 앞")
    if is_retired:
        retire_screen(market=market, actor=SYSTEM, screen_id=made.pk)
    return {cookie_of(ScreenKind.KIOSK): asked.secret}
