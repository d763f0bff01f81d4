from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jangteo.adapters.webpush import base64url, vapid
from jangteo.adapters.webpush.vapid import Claims, NotSigned, Sender, new_key

NOON = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)
SERVICE, CONTACT = "https://push.example.net", "mailto:push@example.com"

# The example of RFC 8292, section 2.4.
EXAMPLE = (
    "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE"
    "0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpi"
    "UfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SD"
    "Yic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
)


def test_the_example_of_the_standard_is_read() -> None:
    key = EXAMPLE.rpartition("k=")[2]

    assert vapid.read(EXAMPLE) == Claims(SERVICE, datetime.fromtimestamp(1453523768, tz=UTC), CONTACT, key)


def test_a_statement_says_for_whom_until_when_and_by_whom() -> None:
    sender = Sender.of(new_key(), CONTACT)

    assert vapid.read(sender.authorization(SERVICE, NOON)) == Claims(
        SERVICE, NOON + vapid.GOOD_FOR, CONTACT, sender.public
    )


def test_a_statement_under_another_key_is_none() -> None:
    one, other = (Sender.of(new_key(), CONTACT) for _ in range(2))

    with pytest.raises(NotSigned):
        vapid.read(one.authorization(SERVICE, NOON).replace(one.public, other.public))


@pytest.mark.parametrize(
    "header", ["", "Bearer x", "vapid t=a.b.c, k=d", "vapid t=, k=", EXAMPLE.replace(".i3C", ".i4C")]
)
def test_what_is_no_statement_is_none(header: str) -> None:
    with pytest.raises(NotSigned):
        vapid.read(header)


def test_a_key_is_43_letters_and_gives_the_same_sender_again() -> None:
    key = new_key()

    assert len(key) == 43
    assert Sender.of(key, CONTACT).public == Sender.of(f"{key}=", CONTACT).public


@pytest.mark.parametrize(
    ("key", "contact"),
    [
        ("", CONTACT),
        ("short", CONTACT),
        (base64url.written(b"\xff" * 32), CONTACT),
        (base64url.written(bytes(32)), CONTACT),
        ("!" * 43, CONTACT),
        (new_key(), ""),
        (new_key(), "push@example.com"),
    ],
    ids=["no key", "too short", "too large", "nothing", "no letters", "no contact", "no address"],
)
def test_a_key_or_contact_that_cannot_be_meant_is_said(key: str, contact: str) -> None:
    with pytest.raises(ValueError, match=r"push key|base64url|contact|private_value|key"):
        Sender.of(key, contact)
