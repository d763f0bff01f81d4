"""What a delivery's fee is called on receipts: a good of the association's own stall that no shop shows."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.actions.open_house_stall import open_house_stall
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

NAME, UNIT = "배달비", "1건"


@step
def put_up_fee(*, market: Market, actor: Actor) -> Good:
    """The market's fee with its stall, made when it is first needed. One statement from then on.

    Its price is the order's and stands on the order's line.
    """
    known = _known()
    if known is not None:
        return known
    stall = open_house_stall(market=market, actor=actor)
    # Another order may have made it while this one waited for the market.
    return _known() or Good.objects.create(
        market=market,
        stall=stall,
        kind_id=stall.kind_id,
        name=NAME,
        name_en="Delivery fee",
        unit=UNIT,
        origin="",
        price_won=1,
        tax=Good.Tax.TAXABLE,
        picture="",
        state=Good.State.HIDDEN,
        search_jamo="",
        search_initials="",
        changed_at=clock.now(),
    )


def _known() -> Good | None:
    return Good.objects.select_related("stall").filter(stall__is_house=True).first()
