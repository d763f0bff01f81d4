"""Last strokes on one tour: turn a piece round (2-opt) or move a short piece elsewhere (Or-opt) while that pays."""

from __future__ import annotations

from collections.abc import Iterator

from jangteo.domains.delivery.routing.tour import Tour

LONGEST_PIECE = 3


def polished(tour: Tour) -> Tour:
    """The tour, no longer than before and still within its promises."""
    while True:
        better = next((one for one in _variants(tour) if one.cost < tour.cost and _holds(one)), None)
        if better is None:
            return tour
        tour = better


def _variants(tour: Tour) -> Iterator[Tour]:
    for stops in neighbours(tour.stops):
        yield Tour(tour.tables, tour.vehicle, stops)


def neighbours(stops: list[int]) -> Iterator[list[int]]:
    """Every order one stroke away."""
    size = len(stops)
    for first in range(size - 1):
        for last in range(first + 2, size + 1):
            yield stops[:first] + stops[first:last][::-1] + stops[last:]
    for length in range(1, min(LONGEST_PIECE, size - 1) + 1):
        for first in range(size - length + 1):
            piece, rest = stops[first : first + length], stops[:first] + stops[first + length :]
            for to in range(len(rest) + 1):
                if to != first:
                    yield rest[:to] + piece + rest[to:]


def _holds(tour: Tour) -> bool:
    if not tour.fits:
        return False
    position = {place: order for order, place in enumerate(tour.visits)}
    jobs = tour.tables.problem.jobs
    pairs = (jobs[number] for number in tour.jobs())
    return all(job.pickup is None or position[job.pickup] < position[job.drop] for job in pairs)
