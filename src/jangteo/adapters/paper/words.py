"""What receipts say, on every kind of paper. They are Korean papers, whatever language a screen is in."""

from __future__ import annotations

from jangteo.domains.counter.papers import Receipt, Section

ORDER = "주문"
BUSINESS_NUMBER = "사업자"
EXEMPT_MARK = "*"
EXEMPT_NOTE = "* 표시는 부가세가 없는 물건이에요."
STALL_TOTAL = "가게 합계"
TOTAL = "모두"
AGAIN = "주문을 다시 보려면 찍어 주세요."
COUNTER_AGAIN = "이 영수증을 다시 보려면 찍어 주세요."
SLIP = "주문표"
SLIP_NUMBER = "번"
ANSWER = "찍거나 전화기에 {number}번을 적으면 답할 수 있어요."
THANKS = "고마워요. 또 오세요."


def title(receipt: Receipt) -> str:
    return "환불 영수증" if receipt.total_won < 0 else "영수증"


def numbered(receipt: Receipt) -> str:
    """영수증 37; without a number for what was paid at a counter."""
    return f"{title(receipt)} {receipt.order_number}".rstrip()


def again(receipt: Receipt) -> str:
    """What the code is for."""
    return COUNTER_AGAIN if receipt.is_of_counter else AGAIN


def slip_number(number: int) -> str:
    """37번, as it is called out."""
    return f"{number}{SLIP_NUMBER}"


def answer(number: int) -> str:
    """What the code on a slip is for, and what to do without a camera."""
    return ANSWER.format(number=number)


def won(amount: int) -> str:
    return f"{amount:,}원"


def number(amount: int) -> str:
    return f"{amount:,}"


def seller(section: Section) -> str:
    """Who sold it, as the law wants it named."""
    own_number = f"{BUSINESS_NUMBER} {section.business_number}" if section.business_number else ""
    return " · ".join(part for part in (own_number, section.seller) if part)


def tax_rows(section: Section) -> list[tuple[str, str]]:
    """The division of a section by tax; nothing for a stall that may not show any."""
    if section.vat is None:
        return []
    rows = [
        ("과세 물건값", section.vat.supply_won),
        ("부가세", section.vat.vat_won),
        ("면세 물건값", section.vat.exempt_won),
    ]
    return [(label, number(amount)) for label, amount in rows if amount]
