"""Orders that are brought, under a fee that changes."""

from __future__ import annotations

from dataclasses import replace

from jangteo.domains.delivery.actions.write_fee import write_fee
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.queries import offers
from jangteo.domains.delivery.told import NewFee
from jangteo.domains.ordering.rules import line_amount
from jangteo.domains.ordering.splitting import MONEYS
from jangteo.domains.ordering.wanted import WantedMoney, WantedOrder
from jangteo.domains.payments import gateways
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.project.simulate.stage import Stage
from jangteo.project.simulate.town import FEES
from jangteo.project.simulate.trade import basket, send, somebody
from jangteo.project.simulate.windows import authorise

HOME = Address("모의동 101호")
AUTHORISED = 0.75


def order_home(stage: Stage) -> bool:
    """Paid in any way, for one of the next waves; at times the fee has changed while the customer typed."""
    tender = stage.chance.choice(("card", "card", "card", "at_stall"))
    kind = stage.chance.choice((None, None, *MONEYS))
    moneys = () if kind is None else (WantedMoney(kind, won=5_000),)
    way = stage.chance.choice((gateways.CARD, gateways.CARD, gateways.VIRTUAL_ACCOUNT, "kakaopay"))
    wanted = basket(stage, tender, moneys, way)
    waves = offers(stage.market, HOME, _goods_won(stage, wanted), clock.now()).offers[:2]
    if not waves:
        return False
    wave = stage.chance.choice(waves)
    if stage.chance.random() < 0.1:
        change_fee(stage)
    brought = replace(
        wanted, fulfil="deliver", wave_id=wave.wave_id, place=HOME, fee_won=wave.fee.customer_won, address=HOME.text
    )
    send(stage, brought, f"simulated-{stage.number()}", somebody(stage))
    if tender == "card" and stage.chance.random() < AUTHORISED:
        authorise(stage)
    return True


def change_fee(stage: Stage) -> None:
    """The association shares fees in another way from now on."""
    told = NewFee(clock.calendar_day(), stage.chance.choice(FEES))
    write_fee(market=stage.market, actor=SYSTEM, told=told)


def _goods_won(stage: Stage, wanted: WantedOrder) -> int:
    goods = {good.pk: good for good in stage.goods}
    return sum(
        line_amount(
            price_won=goods[line.good_id].price_won,
            price_grams=goods[line.good_id].price_grams,
            quantity=line.quantity,
            grams=(goods[line.good_id].unit_grams or 0) * line.quantity,
        )
        for line in wanted.lines
    )
