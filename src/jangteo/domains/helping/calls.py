"""What somebody says who calls for help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewCall:
    """`face` and `what` are values of `HelpCall`; `place` is said in words; `key` is a UUID of the caller's screen.

    `stall_id` is of the stall whose own phone calls. `who` and `phone` may be "": a kiosk has neither. `to` is where
    bags go, "" for every other call.
    """

    face: str
    place: str
    what: str
    key: str
    who: str = ""
    phone: str = ""
    stall_id: int | None = None
    to: str = ""
