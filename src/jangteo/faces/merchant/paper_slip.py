"""A slip as it is printed. Paper is Korean whatever the language of the screen."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jangteo.domains.counter.papers import Paper
from jangteo.domains.counter.slip_papers import OrderSlip, SlipLine
from jangteo.faces._parts.devices import AtStall
from jangteo.faces._parts.words.times import when_words
from jangteo.faces.merchant.slips import Slip
from jangteo.faces.merchant.slips import SlipLine as ShownLine
from jangteo.kernel import clock

# Widths of paper by what is printed on the box of the roll.
PAPERS = {"58": Paper.MM_58, "80": Paper.MM_80}


def paper_slip(request: HttpRequest, at: AtStall, slip: Slip) -> OrderSlip:
    """The slip with the address where its stall answers it."""
    with translation.override("ko"):
        how = _("배달") if slip.is_delivery else _("가지러 와요")
        return OrderSlip(
            market_name=at.market.name,
            stall_name=at.stall.name,
            number=slip.order.number,
            how=f"{how} {when_words(slip.order.wanted_at, clock.now())}",
            customer=" ".join(filter(None, (slip.who, slip.phoned and _("(전화 주문)")))),
            lines=tuple(SlipLine(_what(line), _won(line.line.due_won, about=line.is_estimate)) for line in slip.lines),
            total=_won(slip.part.due_won, about=not slip.part.is_final),
            paid=slip.how_paid,
            note=f"“{slip.order.note}”" if slip.order.note else slip.comes_late,
            link=request.build_absolute_uri(reverse("merchant:order", args=[slip.part.id])),
        )


def _what(line: ShownLine) -> str:
    return " ".join([line.words, *(f"({told})" for told in line.told)])


def _won(amount: int, *, about: bool) -> str:
    return f"{amount:,}원쯤" if about else f"{amount:,}원"
