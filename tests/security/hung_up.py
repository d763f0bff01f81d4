"""A board that hangs in a market."""

from __future__ import annotations

from jangteo.domains.devices.actions.ask_pairing import ask_pairing
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.models import ScreenKind
from jangteo.domains.markets.models import Market
from jangteo.kernel import ids
from jangteo.kernel.audit import SYSTEM


def board_in(market: Market) -> int:
    """Its number. Each is paired by a caller of its own, so that no limit is met."""
    asked = ask_pairing(kind=ScreenKind.BOARD, caller=ids.new_token())
    made = claim_pairing(market=market, actor=SYSTEM, code=asked.code, name="정문 알림판", place="정문 위")
    return made.pk
