from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from jangteo.adapters.solapi.signature import Credentials, authorization, parse, signature

SALT = "0123456789abcdef0123456789abcdef"
MOMENT = datetime(2026, 11, 3, 1, 2, 3, tzinfo=UTC)


# Expected values: printf '%s' "$date$salt" | openssl dgst -sha256 -hmac "$secret"
@pytest.mark.parametrize(
    ("secret", "date", "salt", "expected"),
    [
        (
            "market-secret",
            "2026-11-03T01:02:03Z",
            SALT,
            "33a17f2b33b3741fddf37588f07d2cad9d6326fb0af727c8c6ef27abd0a67601",
        ),
        (
            "시장비밀",
            "2019-07-01T00:41:48Z",
            "jqsba2jxjnrjor",
            "37ca1a7d4216dca77c32c25261693055081f43c4d7ce8afe31d28f779f17fee2",
        ),
    ],
)
def test_the_signature_is_the_one_that_openssl_makes(secret: str, date: str, salt: str, expected: str) -> None:
    assert signature(secret, date, salt) == expected


@pytest.mark.parametrize("moment", [MOMENT, MOMENT.astimezone(timezone(timedelta(hours=9)))])
def test_the_header_is_written_as_documented_in_utc(moment: datetime) -> None:
    header = authorization(api_key="MARKETKEY", secret="market-secret", moment=moment, salt=SALT)

    assert header == (
        "HMAC-SHA256 apiKey=MARKETKEY, date=2026-11-03T01:02:03Z, salt=0123456789abcdef0123456789abcdef, "
        "signature=33a17f2b33b3741fddf37588f07d2cad9d6326fb0af727c8c6ef27abd0a67601"
    )


def test_the_header_can_be_read_back() -> None:
    header = "HMAC-SHA256 apiKey=K, date=2026-11-03T01:02:03Z, salt=abcdefabcdef, signature=00ff"

    assert parse(header) == Credentials("K", "2026-11-03T01:02:03Z", "abcdefabcdef", "00ff")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Basic abc",
        "HMAC-MD5 apiKey=K, date=D, salt=S, signature=X",
        "HMAC-SHA256 apiKey=K, date=D, salt=S",
        "HMAC-SHA256 apiKey=, date=D, salt=S, signature=X",
    ],
)
def test_a_header_of_another_scheme_is_none(header: str) -> None:
    assert parse(header) is None
