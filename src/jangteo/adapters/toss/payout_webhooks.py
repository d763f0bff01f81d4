"""Reads `payout.changed` and `seller.changed`, the only webhooks that Toss Payments signs."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.adapters.toss.payout_mapper import LONGEST_KEY
from jangteo.domains.payments.payouts_port import ForgedMessage, PayoutHint

SIGNATURE = "tosspayments-webhook-signature"
TRANSMISSION_TIME = "tosspayments-webhook-transmission-time"
VERSION = "v1:"


def signature(body: bytes, transmission_time: str, key: bytes) -> bytes:
    """HMAC-SHA256 over "{body}:{transmission time}". The body is taken as it came: written anew it has another one."""
    return hmac.new(key, body + b":" + transmission_time.encode(), hashlib.sha256).digest()


def hint(body: bytes, headers: Mapping[str, str], security_key: str) -> PayoutHint:
    """What a genuine message is about. Raises ForgedMessage, and ValueError when it is about something else."""
    lower = {name.lower(): value for name, value in headers.items()}
    if not _is_genuine(body, lower.get(SIGNATURE, ""), lower.get(TRANSMISSION_TIME, ""), security_key):
        raise ForgedMessage("no signature fits")
    message = Record(decoded(body), "webhook")
    event = message.text("eventType", longest=100)
    if event not in {"payout.changed", "seller.changed"}:
        raise BadShape("eventType is not one of pay-outs")
    key = message.record("entityBody").text("id", longest=LONGEST_KEY)
    return PayoutHint(
        # Inside the body, and so under the signature; the transmission id is not.
        delivery_id=message.text("eventId", longest=100),
        payout_key=key if event == "payout.changed" else None,
        payee_key=key if event == "seller.changed" else None,
    )


def _is_genuine(body: bytes, header: str, transmission_time: str, security_key: str) -> bool:
    """True when one of the two values of the header fits.

    Toss does not say whether the key of the HMAC is the security key's text or the bytes it stands for. Nobody without
    the key can make either, so both are taken.
    """
    given = [_unwritten(one.strip().removeprefix(VERSION)) for one in header.split(",")]
    keys = (security_key.encode(), bytes.fromhex(security_key))
    expected = [signature(body, transmission_time, key) for key in keys]
    return any(hmac.compare_digest(one, right) for one in given for right in expected)


def _unwritten(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return b""
