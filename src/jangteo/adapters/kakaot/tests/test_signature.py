from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jangteo.adapters.kakaot.signature import Scheme, Signed, authorization, parse, sign

MOMENT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_header_is_read_as_it_was_written(scheme: Scheme) -> None:
    header = authorization(scheme, moment=MOMENT, nonce="121212", api_key="key")

    assert parse(header) == Signed("1795143600000", "121212", sign(scheme, "1795143600000", "121212", "key"))


def test_the_two_ways_differ_and_both_have_128_digits() -> None:
    signed = {scheme: sign(scheme, "1795143600000", "121212", "key") for scheme in Scheme}

    assert [len(one) for one in signed.values()] == [128, 128]
    assert signed[Scheme.SHA512] != signed[Scheme.HMAC_SHA512]


@pytest.mark.parametrize("header", ["", "abc", "YWJj", "한글", "YSQkYg=="])
def test_anything_else_is_no_header(header: str) -> None:
    assert parse(header) is None
