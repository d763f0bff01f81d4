"""Which zone an address lies in, in the market in scope."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.delivery.addresses import (
    MOST_TEXT,
    Address,
    Understood,
    coordinates_problem,
    name_key,
    names_place,
    understood,
)
from jangteo.domains.delivery.errors import BadCoordinates, DetailMissing, NoDelivery, OutsideZones, PlaceMissing
from jangteo.domains.delivery.loads import Located
from jangteo.domains.delivery.models import Place, Zone
from jangteo.domains.delivery.rules import metres_between
from jangteo.domains.markets.models import Market

LONGEST_SAID = 60


def town_of(market: Market) -> str:
    """The town a market stands in, as its own address begins."""
    words = (market.address_road or market.address_lot).split()
    return words[0] if words else ""


def places_on() -> list[Place]:
    """What customers pick from: 동 before buildings, by name. One statement."""
    rows = Place.objects.filter(is_on=True, zone__is_on=True).select_related("zone")
    return sorted(rows, key=lambda place: (place.kind != Place.Kind.DONG, place.name, place.pk))


def located(market: Market, address: Address) -> Located:
    """The address as a courier reads it, with its zone. At most two statements.

    Raises PlaceMissing, DetailMissing, BadCoordinates, OutsideZones, NoDelivery.
    """
    if problem := coordinates_problem(address.lat_e6, address.lon_e6):
        raise BadCoordinates(problem=problem)
    places, text = places_on(), " ".join(address.text.split())[:MOST_TEXT]
    if address.place_id:
        return _picked(places, address, text)
    if not text:
        raise PlaceMissing
    told = understood(text, town_of(market))
    place = _named(places, told.text)
    if place is not None:
        return _at_place(place, address, told)
    return _within_radius(address, told, places)


def _picked(places: Sequence[Place], address: Address, text: str) -> Located:
    place = next((row for row in places if row.pk == address.place_id), None)
    if place is None:
        raise PlaceMissing
    if not text and place.kind == Place.Kind.DONG:
        raise DetailMissing
    return _at_place(place, address, Understood(f"{place.name} {text}".strip()[:MOST_TEXT]))


def _named(places: Sequence[Place], text: str) -> Place | None:
    """The place with the longest name in the address; by the end of its name only where no other ends so."""
    named = [place for place in places if names_place(text, place.key)]
    if named:
        return max(named, key=lambda place: len(place.key))
    ends = [place for place in places if names_place(text, name_key(place.name.split()[-1]))]
    return ends[0] if len(ends) == 1 else None


def _at_place(place: Place, address: Address, told: Understood) -> Located:
    lat_e6, lon_e6 = (address.lat_e6, address.lon_e6) if address.lat_e6 else (place.lat_e6, place.lon_e6)
    return Located(place.zone_id, place.zone.name, told.text, place.pk, lat_e6, lon_e6, told.was, told.now)


def _within_radius(address: Address, told: Understood, places: Sequence[Place]) -> Located:
    circles = Zone.objects.filter(is_on=True, radius_m__isnull=False).order_by("radius_m", "pk")
    zones = list(circles)
    if not zones and not places:
        raise NoDelivery
    if address.lat_e6 is not None and address.lon_e6 is not None:
        point = (address.lat_e6, address.lon_e6)
        for zone in zones:
            if is_within(zone, point):
                return Located(zone.pk, zone.name, told.text, None, *point, told.was, told.now)
    raise OutsideZones(place=told.text[:LONGEST_SAID])


def is_within(zone: Zone, point: tuple[int, int]) -> bool:
    """Whether a point (micro-degrees) lies in a zone's circle; in none where it has no radius."""
    if zone.radius_m is None or zone.lat_e6 is None or zone.lon_e6 is None:
        return False
    return metres_between((zone.lat_e6, zone.lon_e6), point) <= zone.radius_m
