"""A stall joins the market."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from jangteo.domains.markets.errors import StallNameTaken
from jangteo.domains.markets.models import Kind, Market, Stall, Street
from jangteo.domains.markets.stall_facts import StallFacts, check_facts, free_slot, stored_values
from jangteo.kernel import audit, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

# Ninety thousand numbers are shared by all markets: with half of them taken, twenty draws miss once in a million.
DRAWS = 20


@dataclass(frozen=True, slots=True)
class NewStall(StallFacts):
    """`code` is the 6-digit number people type; `slot` its place along the street, counted from the gate.

    Without a code it gets a fresh one, without a slot the first free place.
    """

    code: str = ""
    slot: int | None = None


@action
def add_stall(*, market: Market, actor: Actor, new: NewStall) -> Stall:
    """Add the stall with its door open. The same form sent twice adds one stall.

    Raises BadStall, StallNameTaken, IntegrityError for a code or slot that was asked for and is taken, DoesNotExist
    for a kind or a street of another market.
    """
    check_facts(new)
    # Names and places are given out one at a time; no_key lets orders, which only refer to the market, go on meanwhile.
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    namesake = Stall.objects.filter(name=new.name.strip()).first()
    if namesake is not None:
        if _is_same(namesake, new):
            return namesake
        raise StallNameTaken(name=namesake.name)
    stall = _put(_unnumbered(market, new), new.code)
    audit.record(actor, "stall.added", f"stall:{stall.pk}")
    return stall


def _is_same(stall: Stall, new: NewStall) -> bool:
    """Whether this stall is what the form asks for, as when it is sent a second time."""
    asked = (new.kind_id, new.street_id, new.owner_name.strip(), new.phone.strip())
    wants_this_place = new.code in ("", stall.code) and new.slot in (None, stall.slot)
    return wants_this_place and (stall.kind_id, stall.street_id, stall.owner_name, stall.phone) == asked


def _unnumbered(market: Market, new: NewStall) -> Stall:
    street = Street.objects.get(pk=new.street_id)
    return Stall(
        market=market,
        kind=Kind.objects.get(pk=new.kind_id),
        street=street,
        slot=free_slot(street) if new.slot is None else new.slot,
        **stored_values(new),
    )


def _put(stall: Stall, code: str) -> Stall:
    """Save it under the code, or under the first number drawn that no stall of any market has."""
    for number, is_last in _numbers(code):
        stall.code = number
        try:
            with transaction.atomic():
                stall.save(force_insert=True)
        except IntegrityError:
            if is_last:
                raise
        else:
            break
    return stall


def _numbers(code: str) -> Iterator[tuple[str, bool]]:
    if code:
        yield code, True
    else:
        yield from ((ids.new_number(), draw == DRAWS) for draw in range(1, DRAWS + 1))
