"""The example of RFC 8291, appendix A, and what must not open."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from jangteo.adapters.webpush import base64url
from jangteo.adapters.webpush.sealing import CURVE, LONGEST_TEXT, RECORD_BYTES, Freshness, Sealed, opened, point, sealed

TEXT = b"When I grow up, I want to be a watermelon"
PHONE_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
PHONE = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
OURS_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(written: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(base64url.read(written), "big"), CURVE)


PHONE_KEY, PHONE_AUTH = private(PHONE_PRIVATE), base64url.read(AUTH)


def test_the_example_of_the_standard_comes_out_to_the_last_bit() -> None:
    fresh = Freshness(base64url.read(SALT), private(OURS_PRIVATE))

    body = sealed(TEXT, phone=base64url.read(PHONE), auth=PHONE_AUTH, fresh=fresh)

    assert base64url.written(point(PHONE_KEY.public_key())) == PHONE
    assert base64url.written(body) == BODY
    assert opened(body, phone=PHONE_KEY, auth=PHONE_AUTH) == TEXT


@given(st.binary(max_size=LONGEST_TEXT))
def test_whatever_is_sealed_opens_again_and_never_looks_the_same_twice(text: bytes) -> None:
    one, other = (sealed(text, phone=base64url.read(PHONE), auth=PHONE_AUTH) for _ in range(2))

    assert opened(one, phone=PHONE_KEY, auth=PHONE_AUTH) == opened(other, phone=PHONE_KEY, auth=PHONE_AUTH) == text
    assert one != other
    assert len(one) <= RECORD_BYTES


@given(st.integers(min_value=0, max_value=len(base64url.read(BODY)) - 1), st.integers(1, 255))
def test_a_body_with_any_byte_changed_does_not_open(place: int, by: int) -> None:
    body = bytearray(base64url.read(BODY))
    body[place] ^= by
    # How long a record may be is said in the head and bound by nothing; there is only one record.
    if 16 <= place < 20:
        assert opened(bytes(body), phone=PHONE_KEY, auth=PHONE_AUTH) == TEXT
        return

    with pytest.raises(Sealed):
        opened(bytes(body), phone=PHONE_KEY, auth=PHONE_AUTH)


@pytest.mark.parametrize("length", [0, 16, 85, 86, 100, 143])
def test_a_cut_body_does_not_open(length: int) -> None:
    with pytest.raises(Sealed):
        opened(base64url.read(BODY)[:length], phone=PHONE_KEY, auth=PHONE_AUTH)


@pytest.mark.parametrize(
    ("text", "phone", "auth"),
    [
        (b"x" * (LONGEST_TEXT + 1), base64url.read(PHONE), PHONE_AUTH),
        (TEXT, base64url.read(PHONE)[:-1], PHONE_AUTH),
        (TEXT, b"\x04" + b"\x01" * 64, PHONE_AUTH),
        (TEXT, base64url.read(PHONE), PHONE_AUTH[:-1]),
    ],
)
def test_what_cannot_be_sealed_is_said(text: bytes, phone: bytes, auth: bytes) -> None:
    with pytest.raises(ValueError, match=r"push message|point|curve|key"):
        sealed(text, phone=phone, auth=auth)
