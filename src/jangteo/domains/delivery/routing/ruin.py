"""Taking strings of neighbouring stops out of a plan, and the order in which they go back in."""

from __future__ import annotations

from random import Random

from jangteo.domains.delivery.routing.plan import Plan
from jangteo.domains.delivery.routing.tour import Tables, Tour

MEAN_REMOVED = 10
LONGEST_STRING = 10
KEEPS_MIDDLE = 0.5  # how often a string leaves some stops in its middle alone
LONGER_MIDDLE = 0.01


class Ruin:
    """Knows for each job the others by their distance."""

    def __init__(self, tables: Tables, chance: Random) -> None:
        self._tables = tables
        self._chance = chance
        self._jobs = tables.problem.jobs
        self._near = [self._neighbours(number) for number in range(len(self._jobs))]
        self.has_wishes = any(job.only or job.prefers is not None for job in self._jobs)

    def _neighbours(self, number: int) -> list[int]:
        distance, own = self._tables.distance, self._jobs[number]

        def apart(other: int) -> int:
            job = self._jobs[other]
            mine = [place for place in (own.pickup, own.drop) if place is not None]
            its = [place for place in (job.pickup, job.drop) if place is not None]
            return min(distance[here][there] for here in mine for there in its)

        others = sorted((other for other in range(len(self._jobs)) if other != number), key=apart)
        return [number, *others]

    def apply(self, plan: Plan) -> Plan:
        """A new plan with some jobs taken out; the given one stays."""
        chance, tours = self._chance, list(plan.tours)
        where = {job: index for index, tour in enumerate(tours) for job in tour.jobs()}
        if not where:
            return Plan(tours, list(plan.absent))
        mean = len(where) / max(1, sum(1 for tour in tours if len(tour.visits) > 2))
        longest = min(LONGEST_STRING, max(1.0, mean))
        strings = int(chance.uniform(1, 4 * MEAN_REMOVED / (1 + longest)))
        gone: list[int] = []
        touched: set[int] = set()
        for job in self._near[chance.randrange(len(self._jobs))]:
            if len(touched) >= max(1, strings):
                break
            index = where.get(job)
            if index is None or index in touched:
                continue
            taken = self._string(tours[index], job, longest)
            tours[index] = self._taken_out(tours[index], taken)
            gone += taken
            touched.add(index)
        left = {job for index in touched for job in tours[index].jobs()}
        gone += [job for job, index in where.items() if index in touched and job not in left and job not in gone]
        return Plan(tours, [*plan.absent, *gone])

    def _taken_out(self, tour: Tour, jobs: list[int]) -> Tour:
        """Where ways are not like in a plane, less to do can take longer: then all of it goes."""
        rest = tour.without(set(jobs))
        return rest if rest.fits else Tour(tour.tables, tour.vehicle, [])

    def _string(self, tour: Tour, job: int, longest: float) -> list[int]:
        """Jobs with a stop in a piece of the tour around one of this job's stops."""
        chance, stops, job_of = self._chance, tour.stops, self._tables.job_of
        size = min(len(stops), max(1, int(chance.uniform(1, min(len(stops), longest) + 1))))
        middle = 0
        if size > 1 and chance.random() < KEEPS_MIDDLE:
            while size + middle < len(stops) and chance.random() > LONGER_MIDDLE and middle < 1:
                middle += 1
        at = chance.choice([index for index, place in enumerate(stops) if job_of[place] == job])
        span = size + middle
        first = chance.randint(max(0, at - span + 1), min(at, len(stops) - span))
        piece = stops[first : first + span]
        if middle:
            kept = chance.randrange(1, max(2, span - middle))
            del piece[kept : kept + middle]
        return list(dict.fromkeys(job_of[place] for place in piece)) or [job]

    def ordered(self, absent: list[int]) -> list[int]:
        """The jobs in one of several orders, drawn anew each time."""
        chance, tables, jobs = self._chance, self._tables, self._jobs
        found = list(absent)
        chance.shuffle(found)
        drawn = chance.randrange(15)
        home = tables.problem.vehicles[0].start if tables.problem.vehicles else 0
        if drawn < 4:
            return found
        if drawn < 8:
            return sorted(found, key=lambda job: -jobs[job].load)
        if drawn < 10:
            return sorted(found, key=lambda job: -tables.distance[home][jobs[job].drop])
        if drawn < 11:
            return sorted(found, key=lambda job: tables.distance[home][jobs[job].drop])
        if drawn < 13:
            return sorted(found, key=lambda job: tables.closes[jobs[job].drop] - tables.opens[jobs[job].drop])
        return sorted(found, key=lambda job: tables.closes[jobs[job].drop])
