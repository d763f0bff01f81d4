"""The text that leaves. What the law wants to stand in it is put there by the program, never by who writes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from jangteo.domains.campaigns.kinds import Basis, Channel, Kind

AD = "(광고)"
MOST_BODY = 200
BASIS_LINES = {
    Basis.NONE: "",
    Basis.BOUGHT: "※ 고객님이 사신 것으로 드린 혜택을 알려 드려요.",
    Basis.TOOK_PART: "※ 고객님이 참여하신 행사로 드린 혜택을 알려 드려요.",
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the market, and the stall where it is one stall's news. `refusal_number` is a free 080 number."""

    market: str
    stall: str
    phone: str
    refusal_number: str = ""

    @property
    def name(self) -> str:
        return f"{self.market} {self.stall}".strip()


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote, and what kind of message it is."""

    kind: Kind
    body: str
    basis: Basis = Basis.NONE


def plain(body: str) -> str:
    """One line of what was typed: no control letters, nothing that pretends to be the label."""
    kept = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in body)
    return " ".join(kept.replace(AD, "").split())[:MOST_BODY]


def text_of(draft: Draft, sender: Sender, channel: Channel, refuse_at: str) -> str:
    """The whole text for one person; `refuse_at` is their own address for never again."""
    if draft.kind is Kind.NOTICE:
        return f"[{sender.name}] {draft.body}"
    if channel is Channel.ALIMTALK:
        return "\n".join(line for line in (sender.name, draft.body, BASIS_LINES[draft.basis]) if line)
    return "\n".join((f"{AD}{sender.name}", draft.body, *_ending(sender, channel, refuse_at)))


def subject_of(draft: Draft, sender: Sender) -> str:
    """Of an e-mail; advertising says so at its very beginning."""
    return f"{AD}{sender.name}" if draft.kind is not Kind.NOTICE else f"[{sender.name}]"


def _ending(sender: Sender, channel: Channel, refuse_at: str) -> list[str]:
    contact = [f"문의 {sender.phone}"] if sender.phone else []
    number = [f"무료수신거부 {sender.refusal_number}"] if sender.refusal_number and channel is Channel.SMS else []
    return [*contact, *number, f"무료거부 {refuse_at}"]
