"""Bank codes. The core API counts banks with two digits of its own, pay-outs use the clearing institute's three.

Source: "bank codes" in docs.tosspayments.com/codes/org-codes. Kookmin alone has another number than the institute's.
"""

from __future__ import annotations

import re

from jangteo.domains.payments.ports import CannotAsk

_OWN = {"004": "06"}
_CLEARING = {own: clearing for clearing, own in _OWN.items()}
_SHAPE = re.compile(r"0[0-9]{2}")


def core_code(bank: str) -> str:
    """The core API's code of a bank. Raises CannotAsk for what is no bank's code."""
    if not _SHAPE.fullmatch(bank):
        raise CannotAsk("UNKNOWN_BANK", "a bank is a three-digit code below 100")
    return _OWN.get(bank, bank[1:])


def clearing_code(code: str) -> str:
    """The clearing institute's code for one of the core API; something else stays as it is."""
    return _CLEARING.get(code, f"0{code}" if len(code) == 2 and code.isdecimal() else code)
