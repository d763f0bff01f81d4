"""What comes round: people are forgotten when their time to think is over, and everything else by its time limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from jangteo.domains.calls.actions.forget_old_calls import forget_old_calls as forget_callers
from jangteo.domains.campaigns.actions.forget_old_messages import forget_old_messages
from jangteo.domains.carriers.actions.forget_old_calls import forget_old_calls as forget_old_errands
from jangteo.domains.counter.actions.forget_digits import forget_digits
from jangteo.domains.counter.actions.forget_old_sales import forget_old_sales
from jangteo.domains.events.actions.forget_sign_ups import forget_sign_ups
from jangteo.domains.helping.actions.forget_old_calls import forget_old_calls
from jangteo.domains.inquiries.actions.forget_inquiries import MOST_AT_ONCE as MOST_INQUIRIES
from jangteo.domains.inquiries.actions.forget_inquiries import forget_inquiries
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.forget_old_orders import forget_old_orders
from jangteo.domains.regulars.actions.end_take_outs import end_take_outs
from jangteo.domains.regulars.actions.finish_deletion import finish_deletion
from jangteo.domains.regulars.actions.forget_here import forget_here
from jangteo.domains.regulars.actions.forget_old_looks import forget_old_looks
from jangteo.domains.regulars.actions.forget_old_proofs import forget_old_proofs
from jangteo.domains.regulars.parts import still_waits
from jangteo.domains.regulars.privacy_models import Deletion
from jangteo.domains.regulars.proof import outcome_of
from jangteo.domains.regulars.queries_privacy import (
    due_deletions,
    forgotten_for,
    known_people,
    markets_with_people,
    person_of,
    real_markets,
)
from jangteo.domains.regulars.rules import RULES, looks_rule
from jangteo.domains.regulars.spans import start_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market

# Told once it is done: the number (digits only, "" for none) and the deletion. Faces know the words.
Tell = Callable[[str, Deletion], None]


def tell_nobody(_phone: str, _deletion: Deletion) -> None:
    """Where no texts can be sent the page with the proof says it."""


class Forgetting:
    """The job that forgets people who asked for it."""

    def __init__(self, tell: Tell = tell_nobody) -> None:
        self._tell = tell

    def run(self) -> None:
        """Everybody whose time to think is over, unless something of theirs is still under way."""
        for deletion in due_deletions():
            self._forget(deletion)

    def _forget(self, deletion: Deletion) -> None:
        person, markets = person_of(deletion.user), self._home_first(deletion)
        if not forgotten_for(deletion) and any(_waits(market, deletion) for market in markets):
            return
        for market in markets:
            if not forget_here(market=market, actor=SYSTEM, deletion=deletion, person=person):
                return
        outcome = outcome_of(forgotten_for(deletion))
        home = deletion.market
        if finish_deletion(market=home, actor=SYSTEM, deletion_id=deletion.pk, outcome=outcome) and person.phone:
            self._tell(person.phone, deletion)

    def _home_first(self, deletion: Deletion) -> list[Market]:
        others = [market for market in real_markets() if market.pk != deletion.market_id]
        return [deletion.market, *others]


def _waits(market: Market, deletion: Deletion) -> int:
    with in_market(market.pk):
        return still_waits(person_of(deletion.user))


def keep_to_time_limits() -> None:
    """Apply `rules.RULES` in every market. What a rule names is done by the action of the domain that it belongs to."""
    people = known_people()
    for market in markets_with_people():
        for topic, forget in FORGETTERS.items():
            forget(market, _before(topic))
        forget_old_looks(
            market=market,
            actor=SYSTEM,
            looks_before=_before(looks_rule(people).topic),
            sign_ins_before=_before("sign_ins"),
        )


def _orders(market: Market, before: datetime) -> None:
    forget_old_orders(market=market, actor=SYSTEM, before=before)


def _sales(market: Market, before: datetime) -> None:
    forget_old_sales(market=market, actor=SYSTEM, before=before)


def _calls(market: Market, before: datetime) -> None:
    forget_old_calls(market=market, actor=SYSTEM, before=before)


def _callers(market: Market, before: datetime) -> None:
    forget_callers(market=market, actor=SYSTEM, before=before)


def _proofs(market: Market, before: datetime) -> None:
    forget_old_proofs(market=market, actor=SYSTEM, before=before)


def _events(market: Market, before: datetime) -> None:
    forget_sign_ups(market=market, actor=SYSTEM, before=before)


def _inquiries(market: Market, before: datetime) -> None:
    while forget_inquiries(market=market, actor=SYSTEM, before=before) == MOST_INQUIRIES:
        pass


def _digits(market: Market, before: datetime) -> None:
    forget_digits(market=market, actor=SYSTEM, before=before)


def _messages(market: Market, before: datetime) -> None:
    forget_old_messages(market=market, actor=SYSTEM, before=before)


def _errands(market: Market, before: datetime) -> None:
    forget_old_errands(market=market, actor=SYSTEM, before=before)


# By topic of `rules.RULES`.
FORGETTERS: Mapping[str, Callable[[Market, datetime], None]] = {
    "orders": _orders,
    "sales": _sales,
    "help_calls": _calls,
    "calls": _callers,
    "proofs": _proofs,
    "events": _events,
    "inquiries": _inquiries,
    "cash_receipts": _digits,
    "messages": _messages,
    "errands": _errands,
}
# Rules that other jobs keep to: `forget_old_looks` above, `rounds.jobs`, and what runs more often than once a day.
ELSEWHERE = frozenset({"looks", "looks_of_many", "sign_ins", "take_outs", "doors"})


def end_old_take_outs() -> None:
    """A file lives for a day and not until the next morning."""
    for market in real_markets():
        end_take_outs(market=market, actor=SYSTEM)


def _before(topic: str) -> datetime:
    return start_of(RULES[topic].first_kept(clock.calendar_day()))
