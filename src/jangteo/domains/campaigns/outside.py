"""The senders in use. Wiring hands them in; whoever counts reach and whoever sends asks for them."""

from __future__ import annotations

from django.conf import settings

from jangteo.domains.campaigns.links import Seal
from jangteo.domains.campaigns.ports import Senders
from jangteo.kernel.tenancy import in_practice

_NOBODY = Senders()
_in_use: list[Senders] = []


def use(senders: Senders) -> None:
    """Send through these from now on."""
    _in_use[:] = [senders]


def current() -> Senders:
    """Nobody where nothing is set up, and always where people practise."""
    return _in_use[0] if _in_use and not in_practice() else _NOBODY


def texts_leave() -> bool:
    """Whether somebody can be told by their telephone number alone."""
    return current().letters is not None


def seal() -> Seal:
    """What addresses are sealed with."""
    return Seal(settings.SECRET_KEY)
