from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.markets.romanise import romanise


@pytest.mark.parametrize(
    ("korean", "latin"),
    [
        ("강릉", "gangneung"),
        ("종로", "jongno"),
        ("신라", "silla"),
        ("왕십리", "wangsimni"),
        ("독립문", "dongnimmun"),
        ("백마", "baengma"),
        ("한림", "hallim"),
        ("압구정", "apgujeong"),
        ("통인", "tongin"),
        ("없음", "eopseum"),
        ("젊음", "jeolmeum"),
        ("광장 시장", "gwangjang-sijang"),
        ("D동상가 Team204", "d-dongsangga-team204"),
        ("㈜서시장", "ju-seosijang"),
        ("市場", ""),
    ],
)
def test_korean_is_written_as_it_sounds(korean: str, latin: str) -> None:
    assert romanise(korean) == latin


@given(st.text())
def test_any_text_gives_what_can_stand_in_an_address(text: str) -> None:
    assert set(romanise(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
