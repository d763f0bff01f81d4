"""The cheapest place of a job in a tour. This is where a router spends its time, so the loops are flat."""

from __future__ import annotations

from collections.abc import Callable

from jangteo.domains.delivery.routing.problem import Job
from jangteo.domains.delivery.routing.tour import INFINITE, Gap, Tour

Blink = Callable[[], bool]


def best_spot(tour: Tour, job: Job, blink: Blink) -> Gap | None:
    """The cheapest spot that keeps every promise, or None. `blink` overlooks a position now and then."""
    extra = tour.price_of(job)
    if extra >= INFINITE:
        return None
    found = _drop_only(tour, job, blink) if job.pickup is None else _pair(tour, job, job.pickup, blink)
    return Gap(found.cost + extra, found.after, found.drop_after) if found else None


def _drop_only(tour: Tour, job: Job, blink: Blink) -> Gap | None:
    """A job that is aboard from the start: every stop before its drop carries it."""
    tables, visits, starts, late = tour.tables, tour.visits, tour.starts, tour.late
    service, drop = tables.service, job.drop
    to_drop, opens, closes = tables.duration, tables.opens[drop], tables.closes[drop]
    from_drop, far, on = tables.duration[drop], tables.distance, tables.distance[drop]
    takes, room = service[drop], tour.capacity - job.load
    best, after = INFINITE, -1
    for i, peak in enumerate(tour.peak):
        here, there = visits[i], visits[i + 1]
        leaves = starts[i] + service[here]
        if peak > room or leaves > closes:
            break
        clock = leaves + to_drop[here][drop]
        if clock < opens:
            clock = opens
        if clock > closes or clock + takes + from_drop[there] > late[i + 1]:
            continue
        cost = far[here][drop] + on[there] - far[here][there]
        if cost < best and not blink():
            best, after = cost, i
    return Gap(best, after, after) if after >= 0 else None


def _pair(tour: Tour, job: Job, pickup: int, blink: Blink) -> Gap | None:
    """A pickup and its drop: for each position of the pickup, the drop moves on until something would be late."""
    tables, visits, starts = tour.tables, tour.visits, tour.starts
    service, duration, far = tables.service, tables.duration, tables.distance
    opens, closes, room = tables.opens[pickup], tables.closes[pickup], tour.capacity - job.load
    best: Gap | None = None
    limit = INFINITE
    for i, load in enumerate(tour.load):
        here, there = visits[i], visits[i + 1]
        leaves = starts[i] + service[here]
        if leaves > closes:
            break
        clock = leaves + duration[here][pickup]
        if clock < opens:
            clock = opens
        if load > room or clock > closes or blink():
            continue
        clock += service[pickup]
        cost = far[here][pickup] + far[pickup][there] - far[here][there]
        found = _drop_after(tour, job.drop, (pickup, i, clock), (cost, limit, room))
        if found is not None and found.cost < limit:
            best, limit = found, found.cost
    return best


def _drop_after(tour: Tour, drop: int, begun: tuple[int, int, int], bounds: tuple[int, int, int]) -> Gap | None:
    """The cheapest drop behind a pickup. `begun`: the pickup, its position, when it is left. `bounds`: what it adds
    when the tour goes on from it, the cost to beat, the most that may be aboard besides."""
    tables, visits, late, loads = tour.tables, tour.visits, tour.late, tour.load
    service, duration, far, opened = tables.service, tables.duration, tables.distance, tables.opens
    (pickup, i, clock), (pickup_cost, limit, room) = begun, bounds
    opens, closes, takes = tables.opens[drop], tables.closes[drop], tables.service[drop]
    from_drop, on = duration[drop], far[drop]
    there = visits[i + 1]
    after, best = -1, limit
    arrives = max(clock + duration[pickup][drop], opens)
    if arrives <= closes and arrives + takes + from_drop[there] <= late[i + 1]:
        direct = pickup_cost - far[pickup][there] + far[pickup][drop] + on[there]
        if direct < best:
            best, after = direct, i
    here = pickup
    for j in range(i + 1, len(visits) - 1):
        place = visits[j]
        clock = max(clock + duration[here][place], opened[place])
        if clock > late[j] or loads[j] > room or clock > closes:
            break
        clock += service[place]
        there = visits[j + 1]
        arrives = max(clock + duration[place][drop], opens)
        if arrives <= closes and arrives + takes + from_drop[there] <= late[j + 1]:
            cost = pickup_cost + far[place][drop] + on[there] - far[place][there]
            if cost < best:
                best, after = cost, j
        here = place
    return Gap(best, i, after) if after >= 0 else None
