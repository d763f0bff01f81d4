"""Money that this program keeps for people: budgets, what is granted out of them, and holds."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.ledger.actions import end_hold as ending
from jangteo.domains.ledger.actions.hold_funds import NewHold, hold_funds
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.models import Hold, LimitedAccount
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.fund_program import Funding, fund_program
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import SYSTEM, Actor
from jangteo.project.simulate.stage import Stage
from jangteo.project.simulate.town import PROGRAM
from jangteo.project.simulate.windows import any_of


def fund(stage: Stage) -> None:
    """The city pays; the transfer is told of twice now and then."""
    funding = Funding(f"transfer-{stage.number()}", PROGRAM, stage.chance.choice((10_000, 33_333)))
    for _ in range(stage.chance.choice((1, 2))):
        fund_program(market=stage.market, actor=SYSTEM, funding=funding)


def _purse(stage: Stage) -> str:
    return f"promo:{stage.chance.choice(stage.customers)}:simulate"


def _full_purse(stage: Stage) -> str | None:
    """Any that has something in it, also what a scheme gave back."""
    found = LimitedAccount.objects.filter(account__startswith="promo:", balance_won__gt=0).order_by("account")
    return any_of(stage, list(found.values_list("account", flat=True)))


def grant(stage: Stage) -> None:
    """Out of the budget, which may have less."""
    won, to = stage.chance.choice((4_444, 9_000)), _purse(stage)
    lines = {f"subsidy:{PROGRAM}": won, to: -won}
    _post(market=stage.market, actor=SYSTEM, entry=NewEntry(f"grant-{stage.number()}", "grant", "simulate", lines))


def hold(stage: Stage) -> bool:
    """For a checkout that may end well, or not, or never; perhaps more than there is."""
    if (account := _full_purse(stage)) is None:
        return False
    until = clock.now() + timedelta(minutes=stage.chance.choice((1, 10)))
    won = stage.chance.choice((500, 2_000, 5_000))
    wanted = NewHold(f"hold-{stage.number()}", "simulate", account, won, until)
    _hold(market=stage.market, actor=SYSTEM, wanted=wanted)
    return True


def end_hold(stage: Stage) -> bool:
    """Spend all of it or less, or free it; perhaps the one that is over already."""
    if (held := any_of(stage, list(Hold.objects.filter(cause="simulate").order_by("pk")))) is None:
        return False
    won = stage.chance.choice((0, held.amount_won, held.amount_won // 3))
    lines = {held.account: won, "discount:simulate": -won}
    entry = NewEntry(f"spend:{held.key}", "spend", "simulate", lines) if won else None
    _end(market=stage.market, actor=SYSTEM, key=held.key, entry=entry)
    return True


@action
def _post(*, market: Market, actor: Actor, entry: NewEntry) -> None:
    post_entry(market_id=market.pk, actor=actor, entry=entry)


@action
def _hold(*, market: Market, actor: Actor, wanted: NewHold) -> None:
    hold_funds(market_id=market.pk, hold=wanted)


@action
def _end(*, market: Market, actor: Actor, key: str, entry: NewEntry | None) -> None:
    ending.end_hold(key=key, actor=actor, entry=entry)
