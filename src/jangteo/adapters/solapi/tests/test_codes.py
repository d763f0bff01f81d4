from __future__ import annotations

import pytest

from jangteo.adapters.solapi.codes import Verdict, verdict


@pytest.mark.parametrize(
    ("status_code", "expected"),
    [
        ("2000", Verdict.LEFT),
        ("3000", Verdict.LEFT),
        ("3041", Verdict.LEFT),
        ("4000", Verdict.LEFT),
        ("1030", Verdict.REFUSED),
        ("1062", Verdict.REFUSED),
        ("2063", Verdict.REFUSED),
        ("2230", Verdict.REFUSED),
        ("1024", Verdict.UNCLEAR),
        ("2024", Verdict.UNCLEAR),
        ("5000", Verdict.UNCLEAR),
        ("TEST1000", Verdict.UNCLEAR),
        ("", Verdict.UNCLEAR),
        ("２０００", Verdict.UNCLEAR),
    ],
)
def test_every_class_of_code_has_a_verdict(status_code: str, expected: Verdict) -> None:
    assert verdict(status_code) is expected
