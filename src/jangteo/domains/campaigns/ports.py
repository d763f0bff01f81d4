"""What messages need from outside: somebody who takes texts and Alimtalk, and somebody who takes e-mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text. `key` finds it again. With a `template` it goes as Alimtalk, and as a text where that fails."""

    key: str
    to: str
    text: str
    template: str = ""
    profile: str = ""
    variables: tuple[tuple[str, str], ...] = ()


class Left(StrEnum):
    """LEFT: the carrier has it or will. REFUSED: a final no. UNKNOWN: ask for it by its key before sending it again."""

    LEFT = "left"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one text; `code` is the sender's own, `group` where reports about it are found."""

    key: str
    left: Left
    code: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the carrier said in the end. `replaced`: the Alimtalk did not arrive and a text went instead."""

    key: str
    arrived: bool
    code: str
    replaced: bool = False


class TextsUnknown(Exception):
    """The sender gave no answer that can be read."""


class ForgedReports(ValueError):
    """It does not carry what only the sender knows."""


class LetterSender(Protocol):
    """Takes many texts at once. Nothing here is sent twice for one key, once `find` has been asked.

    `told` are the keys in what the sender posts by itself, a hint to ask for `reports`; it raises ForgedReports, and
    ValueError for what cannot be read.
    """

    name: str

    def send_many(self, letters: Sequence[Outgoing]) -> list[Answer]: ...

    def find(self, *, to: str, key: str) -> Left | None: ...

    def reports(self, *, since: datetime) -> list[Report]: ...

    def told(self, *, body: bytes, headers: Mapping[str, str]) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail of plain text. `refuse_at` is where mail programs offer their own button for it."""

    key: str
    to: str
    subject: str
    text: str
    refuse_at: str


class MailRefused(Exception):
    """The mail server said no for good."""


class MailSender(Protocol):
    """Raises MailRefused, and OSError where nobody answers."""

    def send(self, mail: Mail) -> None: ...


@dataclass(frozen=True, slots=True)
class Senders:
    """Those that are set up. `address` is where customers find this installation, without a slash at its end."""

    letters: LetterSender | None = None
    mails: MailSender | None = None
    address: str = ""
