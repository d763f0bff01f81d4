"""outbox.js, played in Python: it keeps what it has to send over a reload, and has a clock of its own.

It does what the browser's does, so that three days of it take seconds.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.test import Client

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
class Outbox:
    """`skew` is what its clock is wrong by. `disk` outlives reloads, `loses` answers get lost on the way back."""

    url: str
    kind: str
    skew: timedelta = timedelta()
    client: Client = field(default_factory=Client)
    disk: list[Kept] = field(default_factory=list)
    numbers: int = 0
    loses: int = 0
    answers: dict[str, dict[str, object]] = field(default_factory=dict)
    refused: list[dict[str, object]] = field(default_factory=list)

    def leave(self) -> None:
        """Its cookies are gone."""
        self.client.cookies.clear()

    @property
    def now(self) -> datetime:
        return clock.now() + self.skew

    def add(self, body: dict[str, object]) -> Kept:
        self.numbers += 1
        kept = Kept(str(uuid.uuid4()), self.numbers, self.now, body)
        self.disk.append(kept)
        return kept

    def send(self, kept: Kept) -> int:
        """One POST, whatever the device knows of earlier ones."""
        told = {"kind": self.kind, "number": kept.number, "made_at": kept.made_at.isoformat(), "body": kept.body}
        answer = self.client.post(
            self.url,
            json.dumps({**told, "sent_at": self.now.isoformat()}),
            content_type="application/json",
            headers={"Idempotency-Key": kept.key},
        )
        if answer.status_code in REFUSALS:
            self.refused.append(answer.json())
        elif answer.status_code == 200:
            self.answers[kept.key] = answer.json()
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
