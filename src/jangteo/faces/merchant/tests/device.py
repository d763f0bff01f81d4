"""A phone with a till, played in Python: it keeps what it sold over a reload, and has a clock of its own.

It does what outbox.js does, so that three days of it take seconds.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.test import Client

from jangteo.faces._parts.devices import STALL_COOKIE
from jangteo.kernel import clock

REFUSALS = {400, 404, 409, 410, 413, 422}


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry of the outbox; `made_at` is what the device's clock showed."""

    key: str
    number: int
    made_at: datetime
    body: dict[str, object]


@dataclass(slots=True)
class Device:
    """`skew` is what its clock is wrong by. `disk` outlives reloads, `loses` answers get lost on the way back."""

    stall_id: int
    skew: timedelta = timedelta()
    client: Client = field(default_factory=Client)
    disk: list[Kept] = field(default_factory=list)
    numbers: int = 0
    loses: int = 0
    refused: list[dict[str, object]] = field(default_factory=list)

    def enter(self, secret: str) -> None:
        """The cookie of a stall, its own or another."""
        self.client.cookies[STALL_COOKIE] = secret

    def leave(self) -> None:
        self.client.cookies.clear()

    @property
    def now(self) -> datetime:
        return clock.now() + self.skew

    def sell(self, lines: list[dict[str, object]], way: str = "cash", **more: object) -> Kept:
        self.numbers += 1
        body: dict[str, object] = {"way": way, "lines": lines, **more}
        kept = Kept(str(uuid.uuid4()), self.numbers, self.now, body)
        self.disk.append(kept)
        return kept

    def send(self, kept: Kept) -> int:
        """One POST, whatever the device knows of earlier ones."""
        told = {"kind": "sale", "number": kept.number, "made_at": kept.made_at.isoformat(), "body": kept.body}
        answer = self.client.post(
            f"/stall/till/{self.stall_id}/sales/",
            json.dumps({**told, "sent_at": self.now.isoformat()}),
            content_type="application/json",
            headers={"Idempotency-Key": kept.key},
        )
        if answer.status_code in REFUSALS:
            self.refused.append(answer.json())
        return answer.status_code

    def flush(self) -> None:
        """Send everything, oldest first, until something does not get through."""
        for kept in list(self.disk):
            status = self.send(kept)
            if self.loses:
                self.loses -= 1
                return
            if status != 200 and status not in REFUSALS:
                return
            self.disk.remove(kept)


def line(good_id: int | None, price_won: int, quantity: int = 1) -> dict[str, object]:
    return {"good_id": good_id, "price_won": price_won, "quantity": quantity, "amount_won": price_won * quantity}


def weighed(good_id: int, price_won: int, price_grams: int, grams: int) -> dict[str, object]:
    won = price_won * grams // price_grams // 10 * 10
    facts = {"good_id": good_id, "price_won": price_won, "price_grams": price_grams}
    return {**facts, "grams": grams, "quantity": 1, "amount_won": won}
