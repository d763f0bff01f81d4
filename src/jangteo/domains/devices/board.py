"""What a board shows and when: plain data, kept in a screen's `setting`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

MOST_PARTS = 4
MOST_LINES = 5
MOST_LINE = 40


class Show(StrEnum):
    """A stall's menu, the whole market, the numbers of orders, the lines of news alone, events, or rebate numbers."""

    STALL = "stall"
    MARKET = "market"
    NUMBERS = "numbers"
    LINES = "lines"
    EVENTS = "events"
    REBATE = "rebate"


class Turn(StrEnum):
    """How the screen hangs: its picture is turned to the left or right where the device cannot do so itself."""

    NONE = "none"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Part:
    """From `start` (Korean wall-clock time) on it shows this; `stall_id` is 0 but for a stall's menu."""

    start: time
    show: Show
    stall_id: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """`parts` go by their start, and the last one lasts over midnight until the first. `lines` are news to read."""

    parts: tuple[Part, ...] = (Part(time(0), Show.MARKET),)
    lines: tuple[str, ...] = ()
    turn: Turn = Turn.NONE
    is_night: bool = True

    def part_at(self, moment: time) -> Part:
        """What it shows at this time of day."""
        begun = [part for part in self.parts if part.start <= moment]
        return (begun or self.parts)[-1]


def plan_from(setting: Mapping[str, object]) -> Plan:
    """The plan that a setting holds. What cannot be read is left out: a board always shows something."""
    parts = sorted(filter(None, map(_part, _several(setting.get("parts")))), key=lambda part: part.start)
    lines = [line[:MOST_LINE] for line in _several(setting.get("lines")) if isinstance(line, str) and line.strip()]
    turn = str(setting.get("turn"))
    return Plan(
        parts=tuple(parts[:MOST_PARTS]) or Plan().parts,
        lines=tuple(lines[:MOST_LINES]),
        turn=Turn(turn) if turn in list(Turn) else Turn.NONE,
        is_night=setting.get("night") is not False,
    )


def setting_of(plan: Plan) -> dict[str, object]:
    """The same as it is kept. `plan_from` reads it back."""
    return {
        "parts": [[f"{part.start:%H:%M}", part.show.value, part.stall_id] for part in plan.parts],
        "lines": list(plan.lines),
        "turn": plan.turn.value,
        "night": plan.is_night,
    }


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _part(kept: object) -> Part | None:
    match kept:
        case [str(start), str(show), int(stall_id)] if show in list(Show):
            try:
                return Part(time.fromisoformat(start), Show(show), stall_id)
            except ValueError:
                return None
    return None
