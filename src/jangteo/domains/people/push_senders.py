"""The push sender in use. Wiring hands it in; a phone's screens and orders ask for it."""

from __future__ import annotations

from jangteo.domains.people.push_port import PushSender
from jangteo.kernel.tenancy import in_practice

_in_use: list[PushSender] = []


def use(sender: PushSender | None) -> None:
    """Wake phones through `sender` from now on; None: no phone is woken, and none is asked."""
    _in_use[:] = [] if sender is None else [sender]


def current() -> PushSender | None:
    """The sender, or None where there is none, and always None where people practise."""
    return _in_use[0] if _in_use and not in_practice() else None
