"""Boards that hang in the town."""

from __future__ import annotations

from datetime import time

from playwright.sync_api import expect

from jangteo.domains.devices.actions.ask_pairing import ask_pairing
from jangteo.domains.devices.actions.change_screen import ScreenFacts, change_screen
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.board import Part, Plan, setting_of
from jangteo.domains.devices.models import Screen, ScreenKind
from jangteo.kernel import ids
from jangteo.kernel.audit import SYSTEM
from tests.journeys.phone import Phone
from tests.world import World


def shows(world: World, screen: Screen, plan: Plan) -> Screen:
    facts = ScreenFacts(setting=setting_of(plan))
    return change_screen(market=world.market, actor=SYSTEM, screen_id=screen.pk, facts=facts)


def board(world: World, plan: Plan, code: str = "") -> Screen:
    """A board that shows this plan: the one with this code, else one that nobody has switched on."""
    shown = code or ask_pairing(kind=ScreenKind.BOARD, caller=ids.new_token()).code
    made = claim_pairing(market=world.market, actor=SYSTEM, code=shown, name="정문 알림판", place="정문 위 기둥")
    return shows(world, made, plan)


def switched_on(world: World, television: Phone, plan: Plan) -> Screen:
    """Open the address, type the digits in the office, and wait until the board keeps what it shows."""
    television.open("/b/")
    digits = television.page.locator(".pairing-code")
    expect(digits).to_be_visible()
    made = board(world, plan, "".join(digits.inner_text().split()))
    # The first page of a board loads itself once more as soon as its worker has taken over.
    expect(television.page.locator("body[data-kept]")).to_be_visible()
    return made


def all_day(part: Part, *lines: str) -> Plan:
    return Plan((Part(time(0), part.show, part.stall_id),), lines)
