"""Names of kinds of money, gateways and funders as ledgers and statements code them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces._parts.words.coupon_words import FUNDERS
from jangteo.faces._parts.words.tenders import TENDERS

# Money of this program's own book; what is left of the words are names of `TenderKind`.
_OTHERS: dict[str, Promise] = {
    "promo": gettext_lazy("돌려받은 돈"),
    "giftcard": gettext_lazy("상품권"),
    "wallet": gettext_lazy("미리 채운 돈"),
    "subsidy": gettext_lazy("나라·지자체 지원"),
    "discount": gettext_lazy("깎아 준 돈"),
    "other": gettext_lazy("그 밖의 돈"),
}
_GATEWAYS: dict[str, Promise] = {
    "toss": gettext_lazy("토스페이먼츠"),
    "portone": gettext_lazy("포트원"),
    "kakaopay": gettext_lazy("카카오페이"),
    "naverpay": gettext_lazy("네이버페이"),
}
_FUNDERS: dict[str, Promise] = {
    "stall": gettext_lazy("가게"),
    "subsidy": gettext_lazy("나라·지자체"),
    "discount": gettext_lazy("상인회"),
}
_FILES: dict[str, Promise] = {
    "order_items": gettext_lazy("주문 물건"),
    "order_payments": gettext_lazy("주문 결제"),
    "orders": gettext_lazy("주문 목록"),
    "gateway_transactions": gettext_lazy("결제사 거래 내역"),
    "gateway_settlements": gettext_lazy("결제사 정산 내역"),
    "portone_transactions": gettext_lazy("포트원 PG 거래대사"),
    "portone_settlements": gettext_lazy("포트원 PG 정산내역"),
    "bank_statement": gettext_lazy("은행 거래 내역"),
    "voucher_operator": gettext_lazy("상품권·지역화폐 내역"),
    "book": gettext_lazy("시장 장부"),
}


def file_words(kind: str) -> str:
    """What a kind of file is called that is held against others."""
    return str(_FILES.get(kind, kind))


def tender_words(name: str) -> str:
    """카드, or 현금 (가게에서 바로) for money that the stall took in its own hand."""
    kind, _at, place = name.partition("@")
    word = kind.partition(":")[0]
    said = str(TENDERS[TenderKind(word)] if word in set(TenderKind) else _OTHERS.get(word, word))
    return _("%(money)s (가게에서 바로)") % {"money": said} if place else said


def gateway_words(name: str) -> str:
    """The gateway's name; "" is across the counter."""
    return str(_GATEWAYS.get(name, name)) if name else _("가게에서 바로")


def funder_words(funder: str) -> str:
    """Who bears a coupon, by the account that pays it."""
    word, _colon, owner = funder.partition(":")
    if word == "subsidy" and (name := owner.partition(":")[0]) in FUNDERS:
        return str(FUNDERS[name])
    return str(_FUNDERS.get(funder.partition(":")[0], funder))
