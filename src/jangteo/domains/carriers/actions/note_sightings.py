"""What a tracker says of a parcel."""

from __future__ import annotations

from collections.abc import Iterable

from jangteo.domains.carriers.models import Parcel, Seen
from jangteo.domains.carriers.rules import ASKED_FOR, next_look
from jangteo.domains.carriers.states import ParcelState, Sighting, standing
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_PLACE = 40


@action
def note_sightings(*, market: Market, actor: Actor, parcel_id: int, seen: Iterable[Sighting]) -> Parcel:
    """Keep what is new and work out anew where it is, from all that was ever seen: it never goes back."""
    parcel = Parcel.objects.select_for_update().get(pk=parcel_id)
    known = {Sighting(one.at, one.what, one.place) for one in Seen.objects.filter(parcel=parcel)}
    fresh = {Sighting(one.at, one.what, one.place[:MOST_PLACE]) for one in seen} - known
    now = clock.now()
    Seen.objects.bulk_create(
        Seen(market_id=parcel.market_id, parcel=parcel, what=one.what, at=one.at, place=one.place, noted_at=now)
        for one in sorted(fresh)
    )
    parcel.looks = 0 if fresh else parcel.looks + 1
    if fresh:
        _stand(parcel, actor, known | fresh)
        parcel.news_at = now
    parcel.unread = ""
    _look_again(parcel)
    parcel.save(update_fields=["state", "since", "place", "trouble", "looks", "news_at", "unread", "look_at"])
    return parcel


@action
def put_off_look(*, market: Market, actor: Actor, parcel_id: int, why: str) -> Parcel:
    """The tracker did not say anything. Asked again later, each time after twice as long."""
    parcel = Parcel.objects.select_for_update().get(pk=parcel_id)
    parcel.looks += 1
    parcel.unread = why[:60]
    _look_again(parcel)
    parcel.save(update_fields=["looks", "unread", "look_at"])
    return parcel


def _stand(parcel: Parcel, actor: Actor, seen: Iterable[Sighting]) -> None:
    stands = standing(parcel.noted_at, seen)
    if stands.state != parcel.state or stands.trouble != parcel.trouble:
        audit.record(actor, "parcel.moved", f"order:{parcel.order_id}", stage=stands.trouble or stands.state.value)
        live.publish([live.News(f"order:{parcel.order_id}", "carried", {})])
    parcel.state, parcel.since = stands.state.value, stands.since
    parcel.place, parcel.trouble = stands.place, stands.trouble


def _look_again(parcel: Parcel) -> None:
    now = clock.now()
    over = (
        parcel.state == ParcelState.DELIVERED or now - parcel.noted_at > ASKED_FOR or parcel.taken_back_at is not None
    )
    parcel.look_at = None if over else next_look(now, parcel.looks)
