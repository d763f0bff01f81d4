"""A listed market becomes a running one."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from jangteo.domains.markets import errors, rules
from jangteo.domains.markets.calendar import cycle_from_json
from jangteo.domains.markets.models import Kind, Market, Street
from jangteo.domains.markets.national.identity import region_of
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Opening:
    """`slug` "" derives one from the name. `reserved` are first words of addresses that the program itself uses."""

    slug: str = ""
    stripe_a: str = "#0B6B45"
    stripe_b: str = "#FFFFFF"
    reserved: AbstractSet[str] = field(default_factory=frozenset)


@action
def open_market(*, market: Market, actor: Actor, opening: Opening) -> Market:
    """Open the market under its own address, with hours, twelve kinds of goods and a first street for stalls.

    Raises MarketAlreadyOpen, MarketClosed, SlugInvalid, SlugReserved, SlugTaken, ColourInvalid, StripeTooFaint.
    """
    market = Market.objects.select_for_update().get(pk=market.pk)
    if market.state == Market.State.OPEN:
        raise errors.MarketAlreadyOpen(name=market.name, slug=market.slug or "")
    if market.state == Market.State.CLOSED:
        raise errors.MarketClosed(name=market.name)
    _check_stripe(opening.stripe_a, opening.stripe_b)
    market.slug = _slug(market, opening)
    market.state = Market.State.OPEN
    market.stripe_a, market.stripe_b = opening.stripe_a.upper(), opening.stripe_b.upper()
    market.opens_at, market.closes_at = rules.opening_hours(cycle_from_json(market.cycle))
    market.save(update_fields=["slug", "state", "stripe_a", "stripe_b", "opens_at", "closes_at"])
    _furnish(market)
    audit.record(actor, "market.opened", f"market:{market.pk}", slug=market.slug)
    return market


def _check_stripe(one: str, other: str) -> None:
    for colour in (one, other):
        if not rules.is_colour(colour):
            raise errors.ColourInvalid(colour=colour)
    seen = rules.stripe_contrast(one, other)
    if seen < rules.LEAST_CONTRAST:
        raise errors.StripeTooFaint(contrast=f"{seen:.1f}", least=f"{rules.LEAST_CONTRAST:g}")


def _slug(market: Market, opening: Opening) -> str:
    """The asked-for address or the best free one. Two openings at once for one address end at the unique index."""
    if not opening.slug:
        return _derived_slug(market, opening)
    if not rules.is_slug(opening.slug):
        raise errors.SlugInvalid(slug=opening.slug, most=rules.LONGEST_SLUG)
    if opening.slug in opening.reserved:
        raise errors.SlugReserved(slug=opening.slug)
    holder = Market.objects.filter(slug=opening.slug).exclude(pk=market.pk).first()
    if holder is not None:
        raise errors.SlugTaken(slug=opening.slug, name=holder.name)
    return opening.slug


def _derived_slug(market: Market, opening: Opening) -> str:
    city = region_of(market.address_road or market.address_lot).city
    tries = rules.slugs_for(market.name, city, market.code)
    taken = {holder.slug for holder in Market.objects.filter(slug__in=tries)}
    free = next((slug for slug in tries if slug not in taken | opening.reserved), None)
    if free is None:
        raise errors.SlugTaken(slug=tries[-1] if tries else "", name=market.name)
    return free


def _furnish(market: Market) -> None:
    Kind.objects.bulk_create(
        Kind(market=market, key=kind.key, name=kind.name, name_en=kind.name_en, tint=kind.tint, position=position)
        for position, kind in enumerate(rules.STARTER_KINDS)
    )
    name, name_en, colour = rules.STARTER_STREET
    Street.objects.create(market=market, name=name, name_en=name_en, colour=colour, position=0)
