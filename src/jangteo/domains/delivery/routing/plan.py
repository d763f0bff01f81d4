"""A plan while it is being searched for."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.delivery.routing.tour import Tour


@dataclass(slots=True)
class Plan:
    """Tours by vehicle and the jobs nobody has."""

    tours: list[Tour]
    absent: list[int]

    @property
    def cost(self) -> int:
        return sum(tour.cost for tour in self.tours)

    @property
    def rank(self) -> tuple[int, int]:
        """Fewer left out comes before shorter."""
        return len(self.absent), self.cost
