"""The association says where it delivers."""

from __future__ import annotations

from jangteo.domains.delivery.addresses import coordinates_problem, name_key, understood
from jangteo.domains.delivery.errors import BadCoordinates, BadZone, PlaceTooFar, PlaceTwice
from jangteo.domains.delivery.locating import town_of
from jangteo.domains.delivery.models import Place, Zone
from jangteo.domains.delivery.rules import metres_between
from jangteo.domains.delivery.told import NewPlace, NewZone
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_NAME = 30
MOST_PLACE = 60
MOST_PLACES = 200
LEAST_RADIUS_M, MOST_RADIUS_M = 100, 20_000


@action
def write_zone(*, market: Market, actor: Actor, told: NewZone, zone_id: int | None = None) -> Zone:
    """A new zone, or one written anew with just these places. Districts that moved are written by their new names.

    Places are never deleted: promised orders name them. Raises BadZone, BadCoordinates, PlaceTwice, PlaceTooFar,
    Zone.DoesNotExist.
    """
    places = _places(market, told)
    _check(told, places)
    zone = Zone(market=market) if zone_id is None else Zone.objects.select_for_update().get(pk=zone_id)
    zone.name, zone.radius_m, zone.is_on = told.name.strip(), told.radius_m, True
    zone.lat_e6, zone.lon_e6 = told.lat_e6, told.lon_e6
    zone.save()
    _put(zone, places)
    audit.record(actor, "zone.written", f"zone:{zone.pk}", places=len(places), radius_m=told.radius_m or 0)
    return zone


def _places(market: Market, told: NewZone) -> dict[str, NewPlace]:
    """By their keys, with today's names. Raises PlaceTwice."""
    places: dict[str, NewPlace] = {}
    for place in told.places:
        name = " ".join(understood(place.name, town_of(market)).text.split())
        key = name_key(name)
        if key in places:
            raise PlaceTwice(name=name, zone=told.name.strip())
        places[key] = NewPlace(name, place.kind, place.lat_e6, place.lon_e6)
    return places


def _check(told: NewZone, places: dict[str, NewPlace]) -> None:
    points = [(told.lat_e6, told.lon_e6), *((place.lat_e6, place.lon_e6) for place in places.values())]
    for lat_e6, lon_e6 in points:
        if problem := coordinates_problem(lat_e6, lon_e6):
            raise BadCoordinates(problem=problem)
    has_centre = told.lat_e6 is not None
    fields = {
        "zone_name": 0 < len(told.name.strip()) <= MOST_NAME,
        "centre": told.radius_m is None or has_centre,
        "radius_m": told.radius_m is None or LEAST_RADIUS_M <= told.radius_m <= MOST_RADIUS_M,
        "places": len(places) <= MOST_PLACES and all(key and len(p.name) <= MOST_PLACE for key, p in places.items()),
        "kind": all(place.kind in Place.Kind.values for place in places.values()),
        "zone": bool(places) or told.radius_m is not None,
    }
    for name, holds in fields.items():
        if not holds:
            raise BadZone(field=name)
    if told.radius_m is not None and told.lat_e6 is not None and told.lon_e6 is not None:
        _check_radius((told.lat_e6, told.lon_e6), told.radius_m, places)


def _check_radius(centre: tuple[int, int], radius_m: int, places: dict[str, NewPlace]) -> None:
    """A place without coordinates is believed; one with them must lie in the circle."""
    for place in places.values():
        if place.lat_e6 is None or place.lon_e6 is None:
            continue
        metres = metres_between(centre, (place.lat_e6, place.lon_e6))
        if metres > radius_m:
            raise PlaceTooFar(name=place.name, metres=metres, radius_m=radius_m)


def _put(zone: Zone, places: dict[str, NewPlace]) -> None:
    """Change what is there, add what is new, put away what is not named any more."""
    known = {
        row.key: row for row in Place.objects.select_for_update(of=("self",)).select_related("zone").order_by("pk")
    }
    for key, told in places.items():
        row = known.get(key)
        if row is not None and row.zone_id != zone.pk and row.is_on and row.zone.is_on:
            raise PlaceTwice(name=row.name, zone=row.zone.name)
        row = row or Place(market_id=zone.market_id, key=key)
        row.zone, row.is_on = zone, True
        row.name, row.kind, row.lat_e6, row.lon_e6 = told.name, told.kind, told.lat_e6, told.lon_e6
        row.save()
    Place.objects.filter(zone=zone).exclude(key__in=places).update(is_on=False)
