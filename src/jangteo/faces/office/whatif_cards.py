"""Results side by side, and the sentence that says what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from jangteo.domains.delivery.fees import Terms
from jangteo.domains.whatif.queries import scenarios, wish_of
from jangteo.domains.whatif.rules import Past, Result, Wish, replay


@dataclass(frozen=True, slots=True)
class Column:
    """`row_id` is the scenario that may be taken away, 0 for today's terms and for what is being tried."""

    name: str
    result: Result
    permille: int
    row_id: int = 0


def columns(pasts: Sequence[Past], days: int, now: Terms, tried: Wish | None) -> list[Column]:
    """Today's terms first, then what is being tried, then what was kept; bars against the longest of them."""
    base = Wish(now) if tried is None else replace(Wish(now), stop_won=tried.stop_won, wave_won=tried.wave_won)
    named = [(_("지금"), base, 0)]
    named += [] if tried is None else [(_("바꾸면"), tried, 0)]
    named += [(row.name, wish_of(row), row.pk) for row in scenarios()]
    found = [(name, replay(pasts, wish, days), row_id) for name, wish, row_id in named]
    longest = max((result.orders for _name, result, _id in found), default=0) or 1
    return [Column(name, result, 1_000 * result.orders // longest, row_id) for name, result, row_id in found]


def sentence_of(now: Result, tried: Result, fee_won: int) -> str:
    """What the other terms would do to a month's orders, with how sure that is."""
    facts = {"fee": f"{fee_won:,}", "n": abs(now.orders - tried.orders)}
    ends = sorted((abs(now.orders - tried.least), abs(now.orders - tried.most)))
    facts |= {"least": ends[0] if _same_side(now, tried) else 0, "most": ends[1]}
    if tried.orders < now.orders:
        return _("%(fee)s원이면 주문이 한 달에 약 %(n)s건 (%(least)s~%(most)s건) 줄어요.") % facts
    if tried.orders > now.orders:
        return _("%(fee)s원이면 주문이 한 달에 약 %(n)s건 (%(least)s~%(most)s건) 늘어요.") % facts
    return _("%(fee)s원이면 주문은 한 달에 지금과 비슷해요. 달라도 %(most)s건쯤이에요.") % facts


def _same_side(now: Result, tried: Result) -> bool:
    """Whether both ends of the range are fewer, or both more, than today."""
    return (tried.least - now.orders) * (tried.most - now.orders) > 0
