"""Whether the market keeps money that customers load and spend later."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import look_again
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def set_wallet_mode(*, market: Market, actor: Actor, on: bool) -> Market:
    """Switch it. Off, what is loaded already can still be spent, but nothing is added. The same again changes nothing.

    Who keeps prepaid money needs a registration or an exemption (전자금융거래법 제28조). A city's own money
    is issued under 지역사랑상품권 이용 활성화에 관한 법률.
    """
    market = Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    if market.wallet_mode != on:
        market.wallet_mode = on
        market.save(update_fields=["wallet_mode"])
        look_again(market.slug)
        audit.record(actor, "market.wallet_on" if on else "market.wallet_off", f"market:{market.pk}")
    return market
