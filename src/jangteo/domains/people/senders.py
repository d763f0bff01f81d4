"""The text sender in use. Wiring hands it in; sign-in asks for it."""

from __future__ import annotations

from jangteo.domains.people.ports import TextSender
from jangteo.kernel.tenancy import in_practice

_in_use: list[TextSender] = []
_in_practice: list[TextSender] = []


def use(sender: TextSender | None) -> None:
    """Send texts through `sender` from now on; None turns texts off."""
    _in_use[:] = [] if sender is None else [sender]


def use_in_practice(sender: TextSender | None) -> None:
    """The same for markets that people practise in, where nothing may leave the program."""
    _in_practice[:] = [] if sender is None else [sender]


def current() -> TextSender | None:
    """The sender, or None where no texts can be sent and so nobody can sign in by phone.

    Where people practise it is only ever what was given to `use_in_practice`.
    """
    here = _in_practice if in_practice() else _in_use
    return here[0] if here else None
