"""The text sender in use. Wiring hands it in; sign-in asks for it."""

from __future__ import annotations

from jangteo.domains.people.ports import TextSender

_in_use: list[TextSender] = []


def use(sender: TextSender | None) -> None:
    """Send texts through `sender` from now on; None turns texts off."""
    _in_use[:] = [] if sender is None else [sender]


def current() -> TextSender | None:
    """The sender, or None where no texts can be sent and so nobody can sign in by phone."""
    return _in_use[0] if _in_use else None
