"""One purchase of one person becomes stamps on every card that collects them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from jangteo.domains.people.models import User
from jangteo.domains.stamps import rules
from jangteo.domains.stamps.errors import AlreadyStamped, EnoughToday, StampsRefused, TooSmall, TooSoon
from jangteo.domains.stamps.models import Card, Programme, Stamp
from jangteo.domains.stamps.purchases import Purchase
from jangteo.domains.stamps.queries import last_visit_of, standing_of, today_of, turn_of
from jangteo.domains.stamps.rules import Standing
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

Kind = Stamp.Kind


@dataclass(frozen=True, slots=True)
class Put:
    """So many stamps went on a card, which has `live` now."""

    programme: Programme
    card_id: int
    count: int
    live: int

    @property
    def is_full(self) -> bool:
        return self.live >= self.programme.need


@step
def write_stamps(*, programmes: list[Programme], user: User, purchase: Purchase, actor: Actor) -> list[Put]:
    """Put what each programme gives for it. Raises the first refusal when none gives any."""
    puts: list[Put] = []
    refusals: list[StampsRefused] = []
    for programme in sorted(programmes, key=lambda one: one.pk):
        try:
            puts.append(_put(programme, user, purchase, actor))
        except StampsRefused as no:
            refusals.append(no)
    if not puts and refusals:
        raise refusals[0]
    return puts


@step
def write_stamp(*, card: Card, kind: str, count: int, purchase: Purchase, actor: Actor) -> Stamp:
    """One row for a purchase that has no living one. Raises AlreadyStamped, also when another wins the race."""
    turn = turn_of(card.programme_id, purchase.ref)
    if turn is None:
        raise AlreadyStamped
    try:
        with transaction.atomic():
            return Stamp.objects.create(
                market_id=card.market_id,
                programme_id=card.programme_id,
                card=card,
                stall_id=purchase.stall_id,
                kind=kind,
                count=count,
                purchase=purchase.ref,
                turn=turn,
                actor_ref=actor.ref,
                at=clock.now(),
            )
    except IntegrityError as taken:
        raise AlreadyStamped from taken


@step
def lock_card(*, programme: Programme, user: User) -> Card:
    """The person's card, opened now if there is none, locked: everything on it happens one after the other."""
    facts = {"market_id": programme.market_id, "opened_at": clock.now()}
    Card.objects.get_or_create(programme=programme, user=user, defaults=facts)
    return Card.objects.select_for_update().get(programme=programme, user=user)


@step
def settle_card(*, card: Card, programme: Programme) -> Standing:
    """What the card has now; a full one is to be rewarded once nobody takes the last stamp back any more."""
    now = clock.now()
    found = standing_of(card, programme, now)
    due_at = now + rules.TAKEN_BACK_WITHIN + rules.GRACE if found.live >= programme.need else None
    if (due_at is None) != (card.due_at is None) or due_at is not None:
        card.due_at = due_at
        card.save(update_fields=["due_at"])
    return found


def _put(programme: Programme, user: User, purchase: Purchase, actor: Actor) -> Put:
    card = lock_card(programme=programme, user=user)
    if turn_of(programme.pk, purchase.ref) is None:
        raise AlreadyStamped
    count = _count(card, programme, purchase)
    write_stamp(card=card, kind=Kind.PUT, count=count, purchase=purchase, actor=actor)
    return Put(programme, card.pk, count, settle_card(card=card, programme=programme).live)


def _count(card: Card, programme: Programme, purchase: Purchase) -> int:
    now = clock.now()
    count = rules.stamps_for(per_won=programme.per_won, won=purchase.won)
    if not count:
        raise TooSmall(per_won=programme.per_won or 0)
    today = today_of(card, now)
    if purchase.is_visit:
        wait = rules.wait_after(last_visit_of(card, purchase.stall_id), now)
        if wait:
            raise TooSoon(minutes=-(-int(wait.total_seconds()) // 60))
        if today.visits >= rules.MOST_VISITS_A_DAY:
            raise EnoughToday(most=rules.MOST_VISITS_A_DAY)
    given = rules.within_day(count, today.stamps)
    if not given:
        raise EnoughToday(most=rules.MOST_A_DAY)
    return given
