"""Merchant-presented QR payloads, written and read.

Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1. A payload is a row of data
objects: two digits of id, two digits of length, the value. The length counts characters, the checksum bytes of UTF-8.
Which scheme's app pays such a code is decided by the GUID of its account; Jangteo writes codes under its own only.
"""

from __future__ import annotations

import re
from binascii import crc_hqx
from collections.abc import Iterable
from dataclasses import dataclass

from jangteo.kernel.errors import Refused

FORMAT, INITIATION, CATEGORY, CURRENCY, AMOUNT = "00", "01", "52", "53", "54"
COUNTRY, NAME, CITY, ADDITIONAL, CHECKSUM, LOCAL = "58", "59", "60", "62", "63", "64"
BILL_NUMBER = "01"  # within ADDITIONAL
LOCAL_LANGUAGE, LOCAL_NAME, LOCAL_CITY = "00", "01", "02"  # within LOCAL
GUID, ACCOUNT = "00", "01"  # within an account
OWN_ACCOUNT, OWN_GUID = "26", "kr.jangteo"
STATIC, DYNAMIC = "11", "12"
WON = "410"

MOST_CHARACTERS = 99
_ACCOUNTS = frozenset(f"{number:02}" for number in range(2, 52))
# Ids 80 to 99 and, within 62, 50 to 99 are templates too, but some owners keep plain text there: they stay as written.
_TEMPLATES = frozenset(f"{number:02}" for number in range(26, 52)) | {ADDITIONAL, LOCAL}
_HEAD = re.compile(r"([0-9]{2})([0-9]{2})")
_DECIMAL = re.compile(r"(?=[0-9.]{1,13}$)[0-9]+(\.[0-9]*)?")
_WHOLE = re.compile(r"[1-9][0-9]{0,12}")
_PLAIN = re.compile(r"[ -~]+")


class PayloadRefused(Refused):
    """A payload that cannot be read or written. The code is "emvqr." and one of

    text: no Unicode text; checksum: it was damaged or cut; structure: ids and lengths do not lead to its end;
    repeated: an id stands twice; format: it does not begin with version 01; account: it names nobody to pay;
    initiation: neither static nor dynamic; amount; too_long: a value of over 99 characters; plain: a value that has
    to be Latin letters is not; category. Facts: id, where one is at fault.
    """

    def __init__(self, reason: str, **facts: str | int) -> None:
        self.code = f"emvqr.{reason}"
        super().__init__(**facts)


@dataclass(frozen=True, slots=True)
class Field:
    """A data object: its two-digit id and either a value or, for a template, the parts within."""

    id: str
    value: str = ""
    parts: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload as it was read, in its own order; of any currency and any scheme. The checksum is left out."""

    fields: tuple[Field, ...]

    def value(self, *path: str) -> str:
        """The value at an id, or at an id within a template; "" where there is none."""
        found, fields = "", self.fields
        for id_ in path:
            field = next((field for field in fields if field.id == id_), Field(id_))
            found, fields = field.value, field.parts
        return found

    @property
    def is_dynamic(self) -> bool:
        """Made for one payment. A payload that does not say is as good as printed."""
        return self.value(INITIATION) == DYNAMIC

    @property
    def amount_won(self) -> int | None:
        """The amount to pay, None where the payer types it. Raises PayloadRefused for another currency."""
        amount = self.value(AMOUNT)
        if self.value(CURRENCY) != WON or not (amount == "" or _WHOLE.fullmatch(amount)):
            raise PayloadRefused("amount", id=AMOUNT)
        return int(amount) if amount else None


@dataclass(frozen=True, slots=True)
class StallCode:
    """What Jangteo writes: a stall to pay, printed for good without an amount or shown once with one.

    `name` and `city` are in Latin letters, at most 25 and 15; the Korean ones are optional. `category` is the
    merchant category code of ISO 18245: 5499, food shops of other kinds, unless said otherwise.
    """

    account: str
    name: str
    city: str
    korean_name: str = ""
    korean_city: str = ""
    amount_won: int | None = None
    bill_number: str = ""
    category: str = "5499"

    def payload(self) -> str:
        """The text of the code. Raises PayloadRefused."""
        fields = [
            Field(FORMAT, "01"),
            Field(INITIATION, STATIC if self.amount_won is None else DYNAMIC),
            Field(OWN_ACCOUNT, parts=(Field(GUID, OWN_GUID), _plain(ACCOUNT, self.account, 81))),
            Field(CATEGORY, _category(self.category)),
            Field(CURRENCY, WON),
        ]
        if self.amount_won is not None:
            fields.append(Field(AMOUNT, _won(self.amount_won)))
        fields += [Field(COUNTRY, "KR"), _plain(NAME, self.name, 25), _plain(CITY, self.city, 15)]
        if self.bill_number:
            fields.append(Field(ADDITIONAL, parts=(_plain(BILL_NUMBER, self.bill_number, 25),)))
        if self.korean_name:
            local = [_short(LOCAL_NAME, self.korean_name, 25)]
            local += [_short(LOCAL_CITY, self.korean_city, 15)] if self.korean_city else []
            fields.append(Field(LOCAL, parts=(Field(LOCAL_LANGUAGE, "ko"), *local)))
        return write(fields)


def write(fields: Iterable[Field]) -> str:
    """The fields, in their order, and the checksum. Raises PayloadRefused for what `read` would not give back."""
    fields = tuple(fields)
    body = _joined(fields) + CHECKSUM + "04"
    text = body + _checksum(body)
    if read(text).fields != fields:
        raise PayloadRefused("structure")
    return text


def read(text: str) -> Payload:
    """Take a payload apart. Raises PayloadRefused for anything that is not exactly a whole one."""
    body, end = text[:-4], text[-4:]
    if not body.endswith(CHECKSUM + "04") or _checksum(body) != end:
        raise PayloadRefused("checksum")
    fields = _apart(body[:-4], within="")
    by_id = {field.id: field.value for field in fields}
    if not fields or fields[0] != Field(FORMAT, "01"):
        raise PayloadRefused("format", id=FORMAT)
    if not _ACCOUNTS & by_id.keys():
        raise PayloadRefused("account")
    if by_id.get(INITIATION, STATIC) not in {STATIC, DYNAMIC}:
        raise PayloadRefused("initiation", id=INITIATION)
    if not _DECIMAL.fullmatch(by_id.get(AMOUNT, "0")):
        raise PayloadRefused("amount", id=AMOUNT)
    return Payload(fields)


def _apart(text: str, *, within: str) -> tuple[Field, ...]:
    fields: list[Field] = []
    at = 0
    while at < len(text):
        head = _HEAD.match(text, at)
        value = text[head.end() : head.end() + int(head[2])] if head else ""
        if not head or not value or len(value) != int(head[2]):
            raise PayloadRefused("structure", id=within)
        id_, at = head[1], head.end() + len(value)
        if any(field.id == id_ for field in fields):
            raise PayloadRefused("repeated", id=id_)
        is_template = not within and id_ in _TEMPLATES
        fields.append(Field(id_, parts=_apart(value, within=id_)) if is_template else Field(id_, value))
    return tuple(fields)


def _joined(fields: Iterable[Field]) -> str:
    objects: list[str] = []
    for field in fields:
        value = _joined(field.parts) if field.parts else field.value
        if not re.fullmatch("[0-9]{2}", field.id, re.ASCII) or not value:
            raise PayloadRefused("structure", id=field.id)
        if len(value) > MOST_CHARACTERS:
            raise PayloadRefused("too_long", id=field.id)
        objects.append(f"{field.id}{len(value):02}{value}")
    return "".join(objects)


def _checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE, four capital hex digits."""
    try:
        return f"{crc_hqx(text.encode(), 0xFFFF):04X}"
    except UnicodeEncodeError as half_a_character:
        raise PayloadRefused("text") from half_a_character


def _plain(id_: str, value: str, most: int) -> Field:
    if not _PLAIN.fullmatch(value):
        raise PayloadRefused("plain", id=id_)
    return _short(id_, value, most)


def _short(id_: str, value: str, most: int) -> Field:
    if len(value) > most:
        raise PayloadRefused("too_long", id=id_)
    return Field(id_, value)


def _category(code: str) -> str:
    if not re.fullmatch("[0-9]{4}", code):
        raise PayloadRefused("category", id=CATEGORY)
    return code


def _won(amount: int) -> str:
    if not _WHOLE.fullmatch(str(amount)):
        raise PayloadRefused("amount", id=AMOUNT)
    return str(amount)
