"""One payment of a pay-out, and what makes it one that a bank can carry out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jangteo.domains.settlement.errors import LineNotPayable, LineTwice, NothingToPay

MOST_WON = 10_000_000_000
LONGEST_HOLDER = 40
# Spreadsheets take a cell that begins so for a formula. The wide forms count too: Korean input methods make them.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"

_BANK_CODE = re.compile(r"[0-9]{3}")
_ACCOUNT = re.compile(r"[0-9]{8,16}")
_BETWEEN_DIGITS = re.compile(r"[\s-]")


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """One payment: the bank by its three-digit code, the account with or without hyphens, whole won.

    `memo` is what the recipient's account shows. It is decoration: it is cleaned and cut, where all else is refused.
    """

    bank_code: str
    account: str
    holder: str
    amount_won: int
    memo: str = ""


def checked(lines: Sequence[PayoutLine]) -> tuple[PayoutLine, ...]:
    """The lines in their sequence, each in its plain form: an account of digits, text composed (NFC), memo harmless.

    Raises NothingToPay, LineNotPayable with the line and field, LineTwice for a payment that stands there twice.
    """
    if not lines:
        raise NothingToPay
    plain = tuple(_plain(line, number) for number, line in enumerate(lines, start=1))
    first: dict[PayoutLine, int] = {}
    for number, line in enumerate(plain, start=1):
        same = replace(line, holder="")
        if same in first:
            raise LineTwice(line=number, first=first[same])
        first[same] = number
    return plain


def digits_of(account: str) -> str:
    """An account number without the hyphens and blanks that people put between its digits."""
    return _BETWEEN_DIGITS.sub("", account)


def harmless(memo: str) -> str:
    """Text that no spreadsheet takes for a formula and that stays on its line. CP949 writes all that is left."""
    composed = unicodedata.normalize("NFC", memo)
    printable = "".join(sign if sign.isprintable() else " " for sign in composed)
    known = printable.encode("cp949", errors="ignore").decode("cp949")
    return " ".join(known.split()).lstrip(FORMULA_STARTS + " ")


def _plain(line: PayoutLine, number: int) -> PayoutLine:
    account = digits_of(line.account)
    holder = " ".join(unicodedata.normalize("NFC", line.holder).split())
    fine = {
        "bank_code": _BANK_CODE.fullmatch(line.bank_code),
        "account": _ACCOUNT.fullmatch(account),
        "holder": 0 < len(holder) <= LONGEST_HOLDER and holder == harmless(holder),
        "amount_won": 0 < line.amount_won <= MOST_WON,
    }
    for field, is_fine in fine.items():
        if not is_fine:
            raise LineNotPayable(line=number, field=field)
    return replace(line, account=account, holder=holder, memo=harmless(line.memo))
