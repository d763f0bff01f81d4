"""What a customer of a kiosk may mean to pay with. All of it changes hands at the stalls."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import KioskOrder

Tender = KioskOrder.Tender
AT_STALL, SOME_STALLS = _("가게에서 내요"), _("받는 가게에서만 낼 수 있어요")
TENDERS: dict[Tender, tuple[Promise, Promise]] = {
    Tender.CARD: (_("카드"), AT_STALL),
    Tender.CASH: (_("현금"), AT_STALL),
    Tender.ONNURI: (_("온누리상품권"), SOME_STALLS),
    Tender.LOCAL: (_("지역화폐"), SOME_STALLS),
}


def tenders_here(stalls: Iterable[Stall]) -> list[dict[str, str]]:
    """{"code", "name", "en", "note", "note_en"} of each that one of the stalls takes; cards and cash always.

    In both languages at once: a kiosk speaks them without asking the server.
    """
    taken = {Tender.CARD, Tender.CASH, *(code for stall in stalls for code in vouchers_of(stall))}
    told = {code: {"code": code.value} for code in TENDERS if code in taken}
    for language, name, note in (("ko", "name", "note"), ("en", "en", "note_en")):
        with translation.override(language):
            for code, row in told.items():
                words, more = TENDERS[code]
                row |= {name: str(words), note: str(more)}
    return list(told.values())


def vouchers_of(stall: Stall) -> list[Tender]:
    """What the stall takes besides cards and cash."""
    onnuri = [Tender.ONNURI] if stall.takes_onnuri else []
    return onnuri + ([Tender.LOCAL] if stall.takes_local else [])
