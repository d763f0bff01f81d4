"""What is read out to a caller, and what their family is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from jangteo.domains.counter.models import PayLink
from jangteo.faces._parts.words.times import when_words
from jangteo.faces.office.call_bringing import Bringing
from jangteo.faces.office.call_lines import CallLine
from jangteo.faces.office.call_state import FAMILY
from jangteo.kernel import clock


def read_back(lines: Sequence[CallLine], wanted_at: datetime | None, way: str, brought: Bringing | None = None) -> str:
    """The whole order as one says it, "" while there is nothing to read. Korean: the caller hears it."""
    told = [line for line in lines if not line.stop]
    if not told or (wanted_at is None if brought is None else brought.offer is None):
        return ""
    with translation.override("ko"):
        goods = ", ".join(map(_line, told))
        about = any(line.is_weighed for line in told)
        sums = _("모두 %(won)s원쯤이에요.") if about else _("모두 %(won)s원이에요.")
        when = _when(wanted_at, brought)
        pays = (
            _("돈은 가족이 링크로 내요. 돈이 들어와야 가게가 준비해요.")
            if way == FAMILY
            else _("돈은 가게에서 내세요.")
            if brought is None
            else _("돈은 물건 받으실 때 내세요.")
        )
        keeps = _("다음에 알아볼 수 있게 번호를 1년 동안 기억할게요.")
        won = sum(line.won for line in told) + (0 if brought is None else brought.fee_won)
        total = sums % {"won": f"{won:,}"}
        return " ".join((f"{goods}.", total, when, pays, keeps, _("맞으세요?")))


def _when(wanted_at: datetime | None, brought: Bringing | None) -> str:
    """When and where, with the fee of what is brought."""
    if brought is None:
        return _("%(when)s에 찾으러 오세요.") % {"when": when_words(wanted_at, clock.now()) if wanted_at else ""}
    facts = {"fee": f"{brought.fee_won:,}", "window": brought.window, "where": brought.where}
    if not brought.fee_won:
        return _("배달비는 없어요. %(window)s에 %(where)s, 거기로 가져다드려요.") % facts
    return _("배달비 %(fee)s원이 들어 있어요. %(window)s에 %(where)s, 거기로 가져다드려요.") % facts


def family_words(link: PayLink, address: str) -> str:
    """The text that leads the family to the link. Korean, as all texts are."""
    with translation.override("ko"):
        told = _("%(name)s 님이 전화로 장을 봤어요. %(won)s원을 내주세요. %(when)s까지예요. %(address)s")
        return told % {
            "name": link.asker,
            "won": f"{link.amount_won:,}",
            "when": when_words(link.expires_at, clock.now()),
            "address": address,
        }


def _line(line: CallLine) -> str:
    facts = {"goods": line.words, "won": f"{line.won:,}"}
    if line.ceiling_won is None:
        return _("%(goods)s %(won)s원") % facts
    return _("%(goods)s %(won)s원쯤, 달아 봐도 %(most)s원까지") % {**facts, "most": f"{line.ceiling_won:,}"}
