"""The rounds of a wave as the association reads them."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.delivery.queries import wave_by_id
from jangteo.domains.rounds.models import Round, Stop
from jangteo.domains.rounds.queries import rounds_of_wave
from jangteo.domains.rounds.states import STOP_IS_OPEN, StopState
from jangteo.faces.office.delivery_cards import wave_card


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A courier with their stops; `over` of them are brought or failed."""

    round: Round
    stops: list[Stop]

    @property
    def over(self) -> int:
        return sum(stop.state not in STOP_IS_OPEN for stop in self.stops)


def rounds_shown(wave_id: int) -> dict[str, object]:
    """The wave and its rounds; couriers without a stop are left out. Four statements."""
    rows = [
        RoundCard(one, [stop for stop in one.stops.all() if stop.state != StopState.CALLED_OFF])
        for one in rounds_of_wave(wave_id)
    ]
    return {"wave": wave_card(wave_by_id(wave_id)), "rounds": [row for row in rows if row.stops]}
