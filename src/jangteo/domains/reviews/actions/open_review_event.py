"""The association rewards writing for some days."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.markets.models import Market
from jangteo.domains.reviews.errors import BadEvent
from jangteo.domains.reviews.models import ReviewEvent
from jangteo.domains.reviews.queries_events import running_event
from jangteo.domains.reviews.rules import digest_of
from jangteo.domains.reviews.wanted import WantedEvent
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_DAYS, MOST_WINNERS = 60, 1_000


@action
def open_review_event(*, market: Market, actor: Actor, wanted: WantedEvent) -> ReviewEvent:
    """It begins now. The seed of its draw is fixed and its digest shown from here on. Raises BadEvent."""
    name, prize = " ".join(wanted.name.split()), " ".join(wanted.prize.split())
    is_draw = wanted.kind == ReviewEvent.Kind.DRAW
    holds = {
        "name": 0 < len(name) <= 40,
        "prize": 0 < len(prize) <= 60,
        "kind": wanted.kind in ReviewEvent.Kind.values,
        "days": 1 <= wanted.days <= MOST_DAYS,
        "winners": not is_draw or 1 <= wanted.winners <= MOST_WINNERS,
        "coupon": wanted.coupon_id > 0,
    }
    wrong = next((field for field, fine in holds.items() if not fine), "")
    Market.objects.select_for_update().only("pk").get(pk=market.pk)
    moment = clock.now()
    if not wrong and running_event(moment) is not None:
        wrong = "running"
    if wrong:
        raise BadEvent(field=wrong)
    seed = ids.new_token()
    event = ReviewEvent.objects.create(
        market=market,
        name=name,
        kind=wanted.kind,
        winners=wanted.winners if is_draw else 0,
        coupon_id=wanted.coupon_id,
        prize=prize,
        starts_at=moment,
        ends_at=moment + timedelta(days=wanted.days),
        seed=seed,
        seed_digest=digest_of(seed),
        made_at=moment,
    )
    audit.record(actor, "review_event.opened", f"review_event:{event.pk}", days=wanted.days)
    return event
