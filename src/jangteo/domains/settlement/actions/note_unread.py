"""A gateway's report of a day is not to be had."""

from __future__ import annotations

from datetime import date

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.open_no_report import open_no_report
from jangteo.domains.settlement.billing import midnight_after
from jangteo.domains.settlement.gateway_days import PATIENCE
from jangteo.domains.settlement.models import GatewayDay
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_unread(*, market: Market, actor: Actor, gateway: str, day: date, trouble: GatewayDay.Trouble | None) -> None:
    """Write down what the try met. `trouble` None says that the gateway has no report at all: somebody has to look
    after that from the start, after the others once a day of tries has passed. What was compared before stays so."""
    moment = clock.now()
    if trouble is not None:
        row, _ = GatewayDay.objects.select_for_update().get_or_create(
            market=market, gateway=gateway, day=day, defaults={"tried_at": moment}
        )
        if row.compared_at is not None:
            return
        row.trouble, row.tried_at = trouble, moment
        row.save(update_fields=["trouble", "tried_at"])
    if trouble is None or moment >= midnight_after(day) + PATIENCE:
        open_no_report(market_id=market.pk, gateway=gateway, day=day)
