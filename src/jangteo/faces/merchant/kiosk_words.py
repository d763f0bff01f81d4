"""What a stall is told of an order that was made at a kiosk."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.ordering.models import KioskOrder
from jangteo.domains.ordering.queries import AtKiosk, LineView
from jangteo.faces._parts.words.times import when_words

_WILL_PAY = {
    KioskOrder.Tender.CASH: gettext_lazy("현금으로 낼 거예요"),
    KioskOrder.Tender.CARD: gettext_lazy("카드로 낼 거예요"),
    KioskOrder.Tender.ONNURI: gettext_lazy("온누리상품권으로 낼 거예요"),
    KioskOrder.Tender.LOCAL: gettext_lazy("지역화폐로 낼 거예요"),
}


def who_words(made: AtKiosk) -> str:
    """In place of a name: the ticket that the customer shows."""
    return _("키오스크 번호표 %(ticket)s") % {"ticket": made.ticket}


def will_pay_words(made: AtKiosk) -> str:
    """What the customer said to pay with."""
    return str(_WILL_PAY[KioskOrder.Tender(made.tender)])


def late_words(made: AtKiosk, made_at: datetime, now: datetime) -> str:
    """That its customer may have come long ago; "" for an order that came at once."""
    if not made.is_late:
        return ""
    when = when_words(made_at, now)
    words = _("인터넷이 끊겨서 이제 왔어요. %(when)s에 고른 주문이에요. 벌써 드렸으면 끝까지 눌러 주세요.")
    return words % {"when": when}


def line_words(line: LineView) -> list[str]:
    """Where the line is not what the customer saw, or not what the count knew."""
    told = []
    if line.seen_won is not None and line.seen_won != line.estimate_won:
        told.append(_("키오스크에는 %(won)s원으로 나왔어요.") % {"won": f"{line.seen_won:,}"})
    if line.taken is not None:
        told.append(_("적어 둔 것보다 %(count)s개 모자라요.") % {"count": line.quantity - line.taken})
    return told
