"""Orders by telephone in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

CALL_SENTENCES: dict[str, Promise] = {
    "calls.consent_missing": gettext_lazy("먼저 읽어 드리고, 손님이 ‘네’라고 하시면 표시해 주세요."),
    "calls.taker_missing": gettext_lazy("전화 받은 사람 이름을 %(most)s글자까지 적어 주세요."),
    "calls.no_texts": gettext_lazy("지금은 문자를 보낼 수 없어요. 링크를 복사하거나 QR을 찍게 해 주세요."),
    "calls.no_link": gettext_lazy("벌써 냈거나 끝난 주문이라 보낼 링크가 없어요. 주문을 다시 봐 주세요."),
}
CALL_AUDIT: dict[str, Promise] = {
    "order.by_phone": gettext_lazy("%(number)s번 주문을 전화로 받았어요. 받은 사람 %(taken_by)s."),
    "order.link_texted": gettext_lazy("%(number)s번 주문을 가족이 내도록 링크를 문자로 보냈어요."),
}
