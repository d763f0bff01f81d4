"""What an order was really paid with ahead: a card, a gateway's own wallet, or what its window offered beside cards."""

from __future__ import annotations

from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.payments.ports import PayBy
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces._parts.words.money_names import gateway_words
from jangteo.faces._parts.words.particles import by
from jangteo.faces._parts.words.tenders import tender_name

# Gateways that are what the customer pays with; the others only stand between.
WALLETS = frozenset({"kakaopay", "naverpay"})
# What is chosen in a window of a gateway, which says afterwards what it was.
IN_A_WINDOW = frozenset({TenderKind.CARD, TenderKind.EASY_PAY})
ACCOUNT = gettext_lazy("계좌")
# By the word that gateways have for it; everything else is a card.
METHODS: dict[str, Promise] = {
    "간편결제": gettext_lazy("간편결제"),
    "계좌이체": gettext_lazy("계좌이체"),
    "휴대폰": gettext_lazy("휴대폰"),
    "상품권": gettext_lazy("상품권"),
    "문화상품권": gettext_lazy("상품권"),
    "도서문화상품권": gettext_lazy("상품권"),
    "게임문화상품권": gettext_lazy("상품권"),
}


class PaidWith(Protocol):
    """`method` is the gateway's word, "" before it has spoken."""

    @property
    def gateway(self) -> str: ...

    @property
    def pay_by(self) -> str: ...

    @property
    def method(self) -> str: ...


def paid_name(paid: PaidWith) -> str:
    """What it was paid with: 카드, 카카오페이, 계좌."""
    if paid.pay_by == PayBy.ACCOUNT:
        return str(ACCOUNT)
    if paid.gateway in WALLETS:
        return gateway_words(paid.gateway)
    return str(METHODS.get(paid.method) or tender_name(TenderKind.CARD))


def paid_words(paid: PaidWith) -> str:
    """카카오페이로 냈어요."""
    return _("%(way)s 냈어요") % {"way": by(paid_name(paid))}
