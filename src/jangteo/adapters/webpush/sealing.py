"""A message that only one phone can open: RFC 8291 over RFC 8188, content coding aes128gcm."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD_BYTES = 4096
POINT_BYTES, AUTH_BYTES, SALT_BYTES = 65, 16, 16
HEADER_BYTES = SALT_BYTES + 4 + 1 + POINT_BYTES
# One record: the header, the text, the mark of the last record, and the tag of AES-GCM.
LONGEST_TEXT = RECORD_BYTES - HEADER_BYTES - 1 - 16
_LAST_RECORD = b"\x02"


class Sealed(ValueError):
    """This phone cannot open it: made for another, cut, or of another shape."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """What must be new for every message: a salt and a key pair. Given only to repeat a published example."""

    salt: bytes
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def new(cls) -> Freshness:
        """By chance."""
        return cls(secrets.token_bytes(SALT_BYTES), ec.generate_private_key(CURVE))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as an uncompressed point, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_key(content: bytes) -> ec.EllipticCurvePublicKey:
    """The key of an uncompressed point. Raises ValueError for anything that is not on the curve."""
    if len(content) != POINT_BYTES:
        raise ValueError("not an uncompressed point")
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, content)


def sealed(text: bytes, *, phone: bytes, auth: bytes, fresh: Freshness | None = None) -> bytes:
    """The whole body of the request. `phone` is the phone's point, `auth` its 16 bytes. Raises ValueError."""
    if len(text) > LONGEST_TEXT or len(auth) != AUTH_BYTES:
        raise ValueError(f"a push message has at most {LONGEST_TEXT} bytes, and its secret {AUTH_BYTES}")
    made = fresh or Freshness.new()
    ours = point(made.key.public_key())
    shared = made.key.exchange(ec.ECDH(), public_key(phone))
    key, nonce = _keys(shared, made.salt, auth, phone + ours)
    header = made.salt + RECORD_BYTES.to_bytes(4, "big") + len(ours).to_bytes(1, "big") + ours
    return header + AESGCM(key).encrypt(nonce, text + _LAST_RECORD, None)


def opened(body: bytes, *, phone: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """What a phone does with it. Raises Sealed."""
    salt, ours, content = body[:SALT_BYTES], body[SALT_BYTES + 5 : HEADER_BYTES], body[HEADER_BYTES:]
    if len(body) <= HEADER_BYTES or body[SALT_BYTES + 4] != POINT_BYTES:
        raise Sealed("no header")
    try:
        shared = phone.exchange(ec.ECDH(), public_key(ours))
        key, nonce = _keys(shared, salt, auth, point(phone.public_key()) + ours)
        text = AESGCM(key).decrypt(nonce, content, None)
    except (InvalidTag, ValueError):
        raise Sealed("made for another phone") from None
    stripped = text.rstrip(b"\x00")
    if not stripped.endswith(_LAST_RECORD):
        raise Sealed("not the last record")
    return stripped[:-1]


def _keys(shared: bytes, salt: bytes, auth: bytes, points: bytes) -> tuple[bytes, bytes]:
    """The key and the nonce of the only record."""
    secret = _derived(shared, auth, b"WebPush: info\x00" + points, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    return key, _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
