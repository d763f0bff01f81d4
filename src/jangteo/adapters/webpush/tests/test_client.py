"""Whom it will call: browsers say the address, and anybody can say to be a browser."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from jangteo.adapters.webpush import base64url
from jangteo.adapters.webpush.client import WebPushSender
from jangteo.adapters.webpush.simulator import PracticePhone
from jangteo.adapters.webpush.vapid import Sender, new_key
from jangteo.domains.people.push_port import PushTarget
from jangteo.project import environment

SERVICES = environment.names("JANGTEO_PUSH_SERVICES")
KEYS = PracticePhone(endpoint="", sender_key="")


@pytest.fixture(scope="module")
def sender() -> Iterator[WebPushSender]:
    made = WebPushSender(sender=Sender.of(new_key(), "mailto:market@example.com"), services=SERVICES)
    yield made
    made.close()


def target(endpoint: str, p256dh: str = KEYS.p256dh, auth: str = KEYS.auth) -> PushTarget:
    return PushTarget(endpoint, p256dh, auth)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/dAPT:APA91b",
        "https://fcm.googleapis.com:443/wp/x",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://wns2-pn1p.notify.windows.com/w/?token=BQY",
    ],
)
def test_the_services_of_the_browsers_are_called(sender: WebPushSender, endpoint: str) -> None:
    assert sender.takes(target(endpoint))


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "fcm.googleapis.com/x",
        "http://fcm.googleapis.com/x",
        "ftp://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:port/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://someone@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.com/x",
        "https://notfcm.googleapis.com/x",
        "https://push.apple.com.example.com/x",
        "https://evilpush.apple.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/x",
        "https://localhost/x",
        "http://127.0.0.1:8000/x",
        "https://[/x",
    ],
)
def test_nobody_else_is(sender: WebPushSender, endpoint: str) -> None:
    assert not sender.takes(target(endpoint))


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", KEYS.auth),
        (KEYS.p256dh, ""),
        (KEYS.p256dh[:-4], KEYS.auth),
        (KEYS.p256dh, KEYS.auth[:-2]),
        (KEYS.auth, KEYS.p256dh),
        ("한글", KEYS.auth),
        (base64url.written(b"\x04" + secrets.token_bytes(64)), KEYS.auth),
    ],
    ids=["no key", "no secret", "short key", "short secret", "exchanged", "no letters", "no point of the curve"],
)
def test_keys_that_do_not_fit_are_not_taken(sender: WebPushSender, p256dh: str, auth: str) -> None:
    assert not sender.takes(target("https://fcm.googleapis.com/fcm/send/x", p256dh, auth))


def test_one_whole_origin_may_be_named_for_practice() -> None:
    sender = WebPushSender(sender=Sender.of(new_key(), "mailto:market@example.com"), services=["http://127.0.0.1:8123"])

    assert sender.takes(target("http://127.0.0.1:8123/send/x"))
    assert not sender.takes(target("http://127.0.0.1:8124/send/x"))
    assert not sender.takes(target("https://127.0.0.1:8123/send/x"))
    assert not sender.takes(target("http://127.0.0.1:8123@example.com/x"))
    sender.close()
