"""What banks are called, by the code of the clearing institute, the best known first."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BANKS: dict[str, Promise] = {
    "011": _("농협은행"),
    "012": _("지역 농·축협"),
    "004": _("국민은행"),
    "088": _("신한은행"),
    "020": _("우리은행"),
    "081": _("하나은행"),
    "003": _("기업은행"),
    "045": _("새마을금고"),
    "071": _("우체국"),
    "048": _("신협"),
    "090": _("카카오뱅크"),
    "092": _("토스뱅크"),
    "089": _("케이뱅크"),
    "007": _("수협은행"),
    "023": _("SC제일은행"),
    "027": _("한국씨티은행"),
    "031": _("iM뱅크"),
    "032": _("부산은행"),
    "034": _("광주은행"),
    "035": _("제주은행"),
    "037": _("전북은행"),
    "039": _("경남은행"),
    "002": _("산업은행"),
    "050": _("저축은행"),
    "064": _("산림조합"),
}


def bank_words(code: str) -> Promise | str:
    """The bank's name; a code without one stays as it is."""
    return BANKS.get(code, code)
