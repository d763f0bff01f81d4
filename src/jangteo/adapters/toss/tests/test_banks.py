from __future__ import annotations

import pytest

from jangteo.adapters.toss.banks import clearing_code, core_code
from jangteo.domains.payments.ports import CannotAsk


@pytest.mark.parametrize(
    ("clearing", "core"), [("004", "06"), ("020", "20"), ("011", "11"), ("092", "92"), ("003", "03")]
)
def test_a_bank_has_a_code_of_each_kind(clearing: str, core: str) -> None:
    assert core_code(clearing) == core
    assert clearing_code(core) == clearing


@pytest.mark.parametrize("bank", ["", "20", "우리", "295", "0200", "02a"])
def test_what_is_no_bank_of_the_core_api_is_refused(bank: str) -> None:
    with pytest.raises(CannotAsk) as refused:
        core_code(bank)

    assert refused.value.code == "UNKNOWN_BANK"


@pytest.mark.parametrize("code", ["S5", "토스뱅크"])
def test_a_code_of_another_shape_stays_as_it_is(code: str) -> None:
    assert clearing_code(code) == code
