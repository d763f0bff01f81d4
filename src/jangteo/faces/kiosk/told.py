"""What a kiosk's outbox sends, read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from jangteo.domains.ordering.errors import KioskOrderBroken
from jangteo.domains.ordering.kiosk import SeenLine, ToldOrder
from jangteo.domains.ordering.wanted import MOST_LINES

MOST_WHOLE = 2**31 - 1
LONGEST_PHONE = 20


def told_order(text: bytes) -> ToldOrder:
    """The order that a kiosk tells of. Raises KioskOrderBroken for anything that is none."""
    try:
        told = json.loads(text)
        body = told["body"]
        if len(body["lines"]) > MOST_LINES:
            raise KioskOrderBroken
        return ToldOrder(
            ticket=str(body["ticket"]),
            lines=tuple(_line(line) for line in body["lines"]),
            tender=str(body["tender"]),
            made_at=_moment(told["made_at"]),
            sent_at=_moment(told["sent_at"]),
            phone=str(body.get("phone") or "")[:LONGEST_PHONE],
            language=str(body.get("language", "ko")),
            has_gone=body.get("gone") is True,
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as wrong:
        raise KioskOrderBroken from wrong


def told_mm(text: bytes) -> int:
    """Pixels for one millimetre, times 100; 0 to forget them. Raises ValueError for anything else."""
    try:
        return _whole(json.loads(text)["mm"])
    except (TypeError, KeyError) as wrong:
        raise ValueError from wrong


def _line(told: Mapping[str, object]) -> SeenLine:
    ceiling = told.get("ceiling_won")
    return SeenLine(
        good_id=_whole(told["good"]),
        quantity=_whole(told["quantity"]),
        seen_won=_whole(told["seen_won"]),
        ceiling_won=None if ceiling is None else _whole(ceiling),
    )


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_WHOLE:
        raise ValueError(value)
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)
