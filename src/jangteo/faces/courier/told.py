"""What a courier's phone sends: a form of now, or a press that was kept without a network."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta

from django.http import QueryDict

from jangteo.domains.catalog.photo_sizes import Sizes, sizes_of
from jangteo.domains.rounds.errors import BadPress
from jangteo.domains.rounds.pressed import Press
from jangteo.kernel import clock

MOST_ID = 2**63 - 1


def typed_press(stop_id: int, posted: QueryDict, photo: bytes | None) -> Press:
    """From the plain form, now. Raises BadPress, PhotoTooBig and the other refusals of photos."""
    made = None if photo is None else sizes_of(photo)
    line = posted.get("line", "")
    return Press(
        stop_id,
        posted.get("what", ""),
        clock.now(),
        made,
        posted.get("why", ""),
        tuple(posted.getlist("steps")),
        _id(line) if line else 0,
    )


def told_press(text: bytes) -> Press:
    """From the outbox of the phone, by the server's clock. Raises BadPress and the refusals of photos."""
    try:
        told = json.loads(text)
        body = told["body"]
        kept_for = _moment(told["sent_at"]) - _moment(told["made_at"])
        steps = tuple(str(step) for step in body.get("steps") or ())
        photo, line = body.get("photo") or "", body.get("line") or 0
        what, why, stop_id = str(body["what"]), str(body.get("why") or ""), _id(body["stop"])
        at, line_id = clock.now() - max(kept_for, timedelta(0)), _id(line) if line else 0
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as wrong:
        raise BadPress from wrong
    return Press(stop_id, what, at, _photo(photo), why, steps, line_id)


def _photo(written: object) -> Sizes | None:
    """A picture as a data address, or none."""
    if not written:
        return None
    _head, _comma, encoded = str(written).partition(",")
    try:
        return sizes_of(base64.b64decode(encoded, validate=True))
    except binascii.Error as wrong:
        raise BadPress from wrong


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _id(told: object) -> int:
    """Raises BadPress for what is no row's number."""
    text = str(told)
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= MOST_ID):
        raise BadPress
    return int(text)
