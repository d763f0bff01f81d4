"""The association's own stall, through which delivery fees go."""

from __future__ import annotations

from jangteo.domains.markets.models import Kind, Market, Stall, Street
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

# Behind the last place that a stall can have; nobody finds it by its number, which no keypad can type.
LAST_SLOT = 32_767
NAME = "상인회 배달"


@step
def open_house_stall(*, market: Market, actor: Actor) -> Stall:
    """The market's house stall, made when it is first needed: it takes cards and cash, and no vouchers.

    Locks the market to make it. Raises DoesNotExist in a market without streets or kinds, where nothing is ordered.
    """
    if (known := _known()) is not None:
        return known
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    if (known := _known()) is not None:
        return known
    stall = Stall.with_house.create(
        market=market,
        code=_code(market.pk),
        name=NAME,
        kind=Kind.objects.order_by("-position")[:1].get(),
        street=Street.objects.order_by("position")[:1].get(),
        slot=LAST_SLOT,
        owner_name="상인회",
        phone=market.phone[:20],
        is_house=True,
    )
    audit.record(actor, "stall.house_opened", f"stall:{stall.pk}")
    return stall


def _known() -> Stall | None:
    return Stall.with_house.filter(is_house=True).first()


def _code(market_id: int) -> str:
    """Unlike any number of a stall; markets to practise in lie below zero."""
    return f"{'-' if market_id < 0 else '+'}{abs(market_id):05X}"
