"""What Solapi's four-digit message status codes mean for us.

Source: docs.solapi.com/api-reference/message-status-codes. 1xxx: refused on entry; 2000: accepted; other 2xxx:
refused by the platform; 3xxx: handed to the carrier, with or without success; 4000: received. What the carrier says
later is not the answer to "did it leave".
"""

from __future__ import annotations

from enum import Enum

ACCEPTED = "2000"
SERVER_ERRORS = frozenset({"1024", "2024"})

# An error answer that is not final: the next attempt carries a new signature.
TRY_AGAIN = frozenset({"DuplicatedSignature"})


class Verdict(Enum):
    """What a status code says about a text."""

    LEFT = "left"
    REFUSED = "refused"
    UNCLEAR = "unclear"


def verdict(status_code: str) -> Verdict:
    """Did the text leave us for good, was it refused, or is that unclear?"""
    if len(status_code) != 4 or not status_code.isdecimal() or status_code in SERVER_ERRORS:
        return Verdict.UNCLEAR
    if status_code == ACCEPTED or status_code[0] in "34":
        return Verdict.LEFT
    return Verdict.REFUSED if status_code[0] in "12" else Verdict.UNCLEAR
