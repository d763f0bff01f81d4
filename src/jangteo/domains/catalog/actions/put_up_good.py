"""A stall puts up something to sell."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from jangteo.domains.catalog.actions.set_price import MOST_WON
from jangteo.domains.catalog.actions.tell_goods import tell_goods
from jangteo.domains.catalog.errors import BadGood, BadPrice, GoodTaken
from jangteo.domains.catalog.hangul import initials, jamo
from jangteo.domains.catalog.models import Good, Photo, PriceChange
from jangteo.domains.markets.models import Kind, Market, Stall
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.idempotency import earlier_answer, keep_answer, request_digest


@dataclass(frozen=True, slots=True)
class NewGood:
    """`price_grams` and `unit_grams` together make it a weighed good; both None sells it by the piece.

    `photo` is the name of a Photo of the stall, "" for none.
    """

    stall_id: int
    kind_id: int
    name: str
    unit: str
    origin: str
    price_won: int
    tax: str
    picture: str
    price_grams: int | None = None
    unit_grams: int | None = None
    name_en: str = ""
    note: str = ""
    position: int = 0
    rank: int = 0
    photo: str = ""


@action
def put_up_good(*, market: Market, actor: Actor, new: NewGood, key: str = "") -> Good:
    """Put the good on sale. The same form sent twice puts up one good.

    With a `key` that also holds when the good has been changed or put away meanwhile.
    Raises BadGood, BadPrice, GoodTaken, KeyReused, and DoesNotExist for a foreign stall, kind or photo.
    """
    _check(new)
    if not key:
        return _put_up(market, actor, new)
    digest = request_digest(asdict(replace(new, position=0, rank=0)))
    earlier = earlier_answer(market_id=market.pk, key=key, digest=digest)
    if earlier is not None:
        return Good.objects.get(pk=int(str(earlier["good"])))
    good = _put_up(market, actor, new)
    keep_answer(market_id=market.pk, key=key, digest=digest, answer={"good": good.pk})
    return good


def _put_up(market: Market, actor: Actor, new: NewGood) -> Good:
    # One at a time for each stall; no_key lets orders, which only refer to the stall, go on meanwhile.
    stall = Stall.objects.select_for_update(no_key=True).get(pk=new.stall_id)
    kind = Kind.objects.get(pk=new.kind_id)
    if (twin := _twin(stall, new)) is not None:
        return twin
    if new.photo:
        Photo.objects.select_for_update().get(stall=stall, name=new.photo)
    moment = clock.now()
    searched = f"{new.name} {new.unit}"
    good = Good.objects.create(
        market=market,
        stall=stall,
        kind=kind,
        name=new.name.strip(),
        name_en=new.name_en.strip(),
        unit=new.unit.strip(),
        origin=new.origin.strip(),
        note=new.note.strip(),
        price_won=new.price_won,
        price_grams=new.price_grams,
        unit_grams=new.unit_grams,
        tax=Good.Tax(new.tax),
        picture=new.picture,
        photo=new.photo,
        position=new.position,
        rank=new.rank,
        search_jamo=jamo(searched)[:300],
        search_initials=initials(searched)[:120],
        changed_at=moment,
    )
    PriceChange.objects.create(market=market, good=good, price_won=good.price_won, at=moment)
    audit.record(actor, "good.put_up", f"good:{good.pk}", price_won=good.price_won)
    tell_goods(goods=[good])
    return good


def _check(new: NewGood) -> None:
    for field, text, most in (("name", new.name, 40), ("unit", new.unit, 20), ("origin", new.origin, 80)):
        if not 0 < len(text.strip()) <= most:
            raise BadGood(field=field)
    if not 0 < new.price_won <= MOST_WON:
        raise BadPrice(most_won=MOST_WON)
    if (new.price_grams is None) != (new.unit_grams is None) or min(new.price_grams or 1, new.unit_grams or 1) < 1:
        raise BadGood(field="weight")


def _twin(stall: Stall, new: NewGood) -> Good | None:
    """The good if it is up already, just as it is asked for. Raises GoodTaken if it is up in another way."""
    labelled = Good.objects.filter(stall=stall, name=new.name.strip(), unit=new.unit.strip())
    good = labelled.exclude(state=Good.State.HIDDEN).first()
    if good is None:
        return None
    asked = (new.kind_id, new.origin.strip(), new.price_won, new.price_grams, new.unit_grams, new.tax)
    if (good.kind_id, good.origin, good.price_won, good.price_grams, good.unit_grams, good.tax) != asked:
        raise GoodTaken(name=good.name, unit=good.unit)
    return good
