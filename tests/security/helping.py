"""Calls for help, and the consent by which a helper acts for a stall."""

from __future__ import annotations

import uuid

from jangteo.domains.helping.actions.begin_acting import begin_acting
from jangteo.domains.helping.actions.call_help import call_help
from jangteo.domains.helping.actions.make_consent_code import make_consent_code
from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.models import Acting, HelpCall
from jangteo.domains.helping.queries import acting_of
from jangteo.domains.markets.models import Stall
from jangteo.domains.people.queries import device_by_secret
from jangteo.kernel.audit import SYSTEM
from tests.world import World


def called(world: World, stall: Stall) -> HelpCall:
    """A call of its own, from a screen near the stall."""
    key = str(uuid.uuid4())
    return call_help(market=world.market, actor=SYSTEM, call=NewCall("kiosk", f"{stall.name} {key[:8]}", "paying", key))


def let_act(world: World, stall: Stall, secret: str) -> None:
    """Let the helper with this cookie secret act for the stall, where they do not do so already."""
    helper = device_by_secret(secret)
    assert helper is not None
    if acting_of(helper.pk, world.market.pk) is not None:
        return
    digits = make_consent_code(market=world.market, actor=SYSTEM, stall_id=stall.pk, device_id=helper.pk)
    begun = begin_acting(market=world.market, actor=SYSTEM, stall_id=stall.pk, helper_id=helper.pk, digits=digits)
    assert isinstance(begun, Acting)
