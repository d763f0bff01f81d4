"""Problems for tests: a grid of streets, drawn from a seed."""

from __future__ import annotations

from random import Random

from jangteo.domains.delivery.routing.problem import Job, Matrix, Place, Problem, Vehicle


def grid(spots: list[tuple[int, int]]) -> Matrix:
    """Ways along streets that run north-south and east-west."""
    return tuple(tuple(abs(x - other_x) + abs(y - other_y) for other_x, other_y in spots) for x, y in spots)


def mixed(seed: int, *, drops: int = 8, pairs: int = 4, vehicles: int = 3) -> Problem:
    """Drops and pairs together, with windows and loads that bind now and then."""
    chance = Random(seed)
    size = 1 + drops + 2 * pairs
    spots = [(0, 0)] + [(chance.randint(-50, 50), chance.randint(-50, 50)) for _place in range(size - 1)]
    places = [Place()] + [_place(chance) for _number in range(size - 1)]
    jobs = [Job(1 + number, chance.randint(0, 9)) for number in range(drops)]
    first = 1 + drops
    jobs += [Job(first + 2 * n + 1, chance.randint(0, 9), pickup=first + 2 * n) for n in range(pairs)]
    fleet = [Vehicle(0, 0, 20, 0, 900) for _vehicle in range(vehicles)]
    return Problem(places, jobs, fleet, grid(spots), grid(spots))


def _place(chance: Random) -> Place:
    opens = chance.randint(0, 300)
    return Place(opens, opens + chance.randint(60, 400), chance.randint(0, 10))


def line(*, capacity: int = 10, vehicles: int = 1, back_by: int = 1_000) -> Problem:
    """Three drops of 4, at 10, 20 and 30 along a street."""
    spots = [(0, 0), (10, 0), (20, 0), (30, 0)]
    jobs = [Job(place, 4) for place in (1, 2, 3)]
    fleet = [Vehicle(0, 0, capacity, 0, back_by) for _vehicle in range(vehicles)]
    return Problem([Place(0, 1_000)] * 4, jobs, fleet, grid(spots), grid(spots))
