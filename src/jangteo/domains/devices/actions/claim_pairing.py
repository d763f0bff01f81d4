"""The office types the digits that a screen shows."""

from __future__ import annotations

from jangteo.domains.devices.errors import BadScreen, PairingMistyped, PairingUnknown
from jangteo.domains.devices.models import Pairing, Screen
from jangteo.domains.devices.rules import MOST_NAME, MOST_PLACE, is_named
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

DIGITS = 6


@action
def claim_pairing(*, market: Market, actor: Actor, code: str, name: str, place: str) -> Screen:
    """Take the screen that shows these digits into the market; the digits are used up.

    `code` may hold spaces and dashes. Whoever calls it counts the tries beforehand (`rules.MOST_CLAIMS`): a refusal
    undoes everything inside, a count as well. Raises PairingMistyped, PairingUnknown, BadScreen.
    """
    name, place = name.strip(), place.strip()
    if not is_named(name, place):
        raise BadScreen(most_name=MOST_NAME, most_place=MOST_PLACE)
    digits = code.replace(" ", "").replace("-", "")
    if len(digits) != DIGITS or not ids.has_check_digit(digits):
        raise PairingMistyped
    moment = clock.now()
    pairing = Pairing.objects.select_for_update().filter(code=digits, expires_at__gt=moment).first()
    if pairing is None:
        raise PairingUnknown
    screen = Screen.objects.create(
        market=market,
        kind=pairing.kind,
        name=name,
        place=place,
        secret_hash=pairing.secret_hash,
        paired_at=moment,
        seen_at=moment,
    )
    pairing.delete()
    audit.record(actor, "screen.paired", f"screen:{screen.pk}", kind=screen.kind)
    return screen
