"""Somebody is about to pay one stall an amount."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.counter import rules
from jangteo.domains.counter.actions.write_lines import is_exempt, write_lines
from jangteo.domains.counter.errors import BadAmount, LinesWrong, TextTooLong
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.references import SALE_REF
from jangteo.domains.counter.told import ToldLine, check_lines, lines_json
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.actions.know_by_number import know_by_number
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.idempotency import earlier_answer, keep_answer, request_digest

LASTS = {
    CounterSale.Source.DYNAMIC: rules.DYNAMIC_LASTS,
    CounterSale.Source.STICKER: rules.STICKER_LASTS,
}


@dataclass(frozen=True, slots=True)
class WantedSale:
    """`payer_name` and `note` may be left out; they are for the stall's eyes. `lines`, if any, make the amount.

    `phone` (digits) is that of a customer who agreed at the till to be known by it.
    """

    stall_id: int
    amount_won: int
    source: str
    payer_name: str = ""
    note: str = ""
    lines: tuple[ToldLine, ...] = ()
    phone: str = ""

    def as_json(self) -> dict[str, object]:
        told = {"stall": self.stall_id, "won": self.amount_won, "by": self.source, "who": self.payer_name}
        return {**told, "phone": self.phone, "lines": lines_json(self.lines)} if self.lines else told


@action
def open_sale(*, market: Market, actor: Actor, wanted: WantedSale, key: str) -> CounterSale:
    """Write the amount down; nothing is paid yet. The same key opens one sale.

    The stall's tax class, that of most of its goods, is fixed here; lines bring that of each good. Raises BadAmount,
    TextTooLong, LinesWrong, Stall.DoesNotExist, and the idempotency refusals.
    """
    check_lines(wanted.lines)
    if wanted.lines and sum(line.amount_won for line in wanted.lines) != wanted.amount_won:
        raise LinesWrong
    if not rules.LEAST_WON <= wanted.amount_won <= rules.MOST_WON:
        raise BadAmount(least_won=rules.LEAST_WON, most_won=rules.MOST_WON)
    for text, most in ((wanted.payer_name, rules.MOST_NAME), (wanted.note, rules.MOST_NOTE)):
        if len(text.strip()) > most:
            raise TextTooLong(most=most)
    digest = request_digest(wanted.as_json())
    if (answer := earlier_answer(market_id=market.pk, key=key, digest=digest)) is not None:
        return CounterSale.objects.get(pk=str(answer["sale"]))
    sale = _written(market, Stall.objects.get(pk=wanted.stall_id), wanted)
    if wanted.phone:
        sale.customer = know_by_number(phone=wanted.phone, actor=actor)
        sale.save(update_fields=["customer"])
    write_lines(sale=sale, lines=wanted.lines)
    audit.record(actor, "sale.opened", f"sale:{sale.pk}", amount_won=sale.amount_won)
    keep_answer(market_id=market.pk, key=key, digest=digest, answer={"sale": sale.pk})
    return sale


def _written(market: Market, stall: Stall, wanted: WantedSale) -> CounterSale:
    moment, token = clock.now(), ids.new_token()
    source = CounterSale.Source(wanted.source)
    return CounterSale.objects.create(
        market=market,
        stall=stall,
        token=token,
        ref=f"{SALE_REF}{ids.new_token()}",
        amount_won=wanted.amount_won,
        exempt=is_exempt(stall),
        source=source,
        payer_name=wanted.payer_name.strip(),
        note=wanted.note.strip(),
        created_at=moment,
        expires_at=moment + LASTS[source],
        changed_at=moment,
    )
