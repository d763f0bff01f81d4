from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jangteo.domains.payments.receipts_port import (
    SELF_ISSUE_NUMBER,
    Identifier,
    IdentifierKind,
    NewCashReceipt,
    ReceiptUse,
)

PHONE = Identifier(IdentifierKind.PHONE, "01000001234")
RECEIPT = NewCashReceipt(
    payment_ref="order-0001",
    order_name="애호박",
    use=ReceiptUse.PERSONAL,
    identifier=PHONE,
    amount_won=11_000,
    tax_free_won=0,
    vat_won=1_000,
    paid_at=datetime(2026, 11, 3, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("kind", "digits"),
    [
        (IdentifierKind.PHONE, "0110001234"),
        (IdentifierKind.PHONE, SELF_ISSUE_NUMBER),
        (IdentifierKind.CARD, "1234567890123"),
        (IdentifierKind.CARD, "1234567890123456789"),
        (IdentifierKind.BUSINESS, "1234567890"),
    ],
)
def test_whose_it_is_may_be_said_in_three_ways(kind: IdentifierKind, digits: str) -> None:
    assert Identifier(kind, digits).digits == digits


@pytest.mark.parametrize(
    ("kind", "digits"),
    [
        (IdentifierKind.PHONE, "010-0000-1234"),
        (IdentifierKind.PHONE, "0212345678"),
        (IdentifierKind.PHONE, "٠١٠١٢٣٤٥٦٧٨"),
        (IdentifierKind.CARD, "123456789012"),
        (IdentifierKind.BUSINESS, "123-45-67890"),
        (IdentifierKind.BUSINESS, "12345678901"),
        (IdentifierKind.BUSINESS, ""),
    ],
)
def test_digits_of_another_kind_are_refused_and_not_repeated(kind: IdentifierKind, digits: str) -> None:
    with pytest.raises(ValueError, match="identifier") as refused:
        Identifier(kind, digits)

    assert digits == "" or digits not in str(refused.value)


def test_an_identifier_is_not_shown() -> None:
    assert "01000001234" not in repr(RECEIPT)


@pytest.mark.parametrize(
    ("amount_won", "tax_free_won", "vat_won"),
    [(0, 0, 0), (-1, 0, 0), (11_000, -1, 0), (11_000, 0, -1), (11_000, 10_001, 1_000)],
)
def test_amounts_that_do_not_add_up_are_refused(amount_won: int, tax_free_won: int, vat_won: int) -> None:
    with pytest.raises(ValueError, match=r"amount|parts"):
        replace(RECEIPT, amount_won=amount_won, tax_free_won=tax_free_won, vat_won=vat_won)


def test_a_business_number_takes_no_personal_receipt() -> None:
    business = Identifier(IdentifierKind.BUSINESS, "1234567890")

    with pytest.raises(ValueError, match="business"):
        replace(RECEIPT, identifier=business)
    assert replace(RECEIPT, identifier=business, use=ReceiptUse.CORPORATE).identifier is business


def test_a_moment_needs_its_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(RECEIPT, paid_at=datetime(2026, 11, 3))  # noqa: DTZ001 - that is the point
