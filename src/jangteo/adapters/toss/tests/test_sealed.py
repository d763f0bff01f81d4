from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jangteo.adapters._wire import BadShape
from jangteo.adapters.toss.sealed import Seal, document
from jangteo.adapters.toss.tests.stage import Watch

KEY = "0123456789abcdef" * 4


def raw(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_body_is_sealed_as_documented_and_anybody_with_the_key_can_open_it() -> None:
    sealed = Seal(KEY, Watch()).close({"memo": "대금지급", "value": 5_000})

    header, encrypted_key, nonce, content, tag = sealed.split(".")
    told = json.loads(raw(header))
    assert (told["alg"], told["enc"], told["iat"]) == ("dir", "A256GCM", "2026-11-03T10:00:00+09:00")
    assert set(told) == {"alg", "enc", "iat", "nonce"}
    assert encrypted_key == ""
    opened = AESGCM(bytes.fromhex(KEY)).decrypt(raw(nonce), raw(content) + raw(tag), header.encode())
    assert json.loads(opened) == {"memo": "대금지급", "value": 5_000}


def test_no_two_seals_are_alike() -> None:
    seal = Seal(KEY)

    first, second = seal.close({}), seal.close({})

    assert json.loads(raw(first.split(".")[0]))["nonce"] != json.loads(raw(second.split(".")[0]))["nonce"]
    assert first.split(".")[2] != second.split(".")[2]


def test_what_was_sealed_is_opened() -> None:
    assert Seal(KEY).open(Seal(KEY).close([{"a": 1}])) == [{"a": 1}]


def test_an_answer_without_the_two_extra_headers_is_opened_too() -> None:
    header = base64.urlsafe_b64encode(b'{"alg":"dir","enc":"A256GCM"}').rstrip(b"=")
    content = AESGCM(bytes.fromhex(KEY)).encrypt(bytes(12), b'{"a":5000.0}', header)
    parts = [
        header,
        b"",
        *(base64.urlsafe_b64encode(p).rstrip(b"=") for p in (bytes(12), content[:-16], content[-16:])),
    ]

    assert Seal(KEY).open(b".".join(parts).decode()) == {"a": 5_000}


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(BadShape, match="not sealed"):
        Seal("f" * 64).open(Seal(KEY).close({"a": 1}))


def test_a_changed_letter_is_noticed() -> None:
    header, key, nonce, content, tag = Seal(KEY).close({"value": 5_000}).split(".")
    changed = ("B" if content[0] != "B" else "C") + content[1:]

    with pytest.raises(BadShape, match="not sealed"):
        Seal(KEY).open(".".join([header, key, nonce, changed, tag]))


@pytest.mark.parametrize("text", ["", ".", "a.b.c.d.e", "<html>", "eyJhbGciOiJub25lIn0....", "." * 4])
def test_what_is_no_seal_is_refused(text: str) -> None:
    with pytest.raises(BadShape, match="not sealed"):
        Seal(KEY).open(text)


@pytest.mark.parametrize("key", ["", "ab", "f" * 63, "f" * 62, "f" * 66, "z" * 64])
def test_a_key_of_another_shape_is_refused_at_start(key: str) -> None:
    with pytest.raises(ValueError, match=r"hex"):
        Seal(key)


@pytest.mark.parametrize("written", ["5000", "5000.0", "5e3", "5.000e3"])
def test_amounts_are_whole_however_they_are_written(written: str) -> None:
    found = document(f'{{"value": {written}}}'.encode())

    assert found == {"value": 5_000}
    assert isinstance(found, dict)
    assert type(found["value"]) is int


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"5000.5", b"1e400", b"1e999999999", b"1.5e-3"])
def test_what_is_no_whole_amount_is_refused(content: bytes) -> None:
    with pytest.raises(BadShape, match="JSON"):
        document(content)
