"""What the page of a settlement run shows."""

from __future__ import annotations

from django.utils.functional import Promise

from jangteo.domains.settlement.models import SettlementLine
from jangteo.domains.settlement.payees import Standing
from jangteo.domains.settlement.queries import RunView, outcome_of
from jangteo.domains.settlement.queries_payouts import Sending, sending
from jangteo.faces.office import sending_words
from jangteo.faces.office.money_words import MODES, STATES, is_blocked, next_of, steps_of
from jangteo.kernel.audit import Actor


def run_page(view: RunView, looker: Actor) -> dict[str, object]:
    """The run, its lines and how each stands, where it is on its way, and what comes next."""
    paying = sending(view.run)
    by_gateway = sending_words.is_by_gateway(paying)
    names, now = steps_of(view)
    special = sending_words.next_of_sending(view, paying) if paying else None
    return {
        "view": view,
        "run": view.run,
        "sending": paying if by_gateway else None,
        "payouts": paying.payouts if paying else {},
        "outcomes": {line.pk: outcome_of(line) for line in view.lines},
        "steps": sending_words.STEPS if by_gateway else names,
        "now": now,
        "next": special or next_of(view, looker),
        "blocked": bool(paying.unready) if by_gateway and paying else is_blocked(view),
        "held_up": _held_up(paying) if paying else [],
        "states": STATES,
        "modes": MODES,
        "payout_states": sending_words.STATES,
    }


def _held_up(paying: Sending) -> list[tuple[Promise, list[SettlementLine]]]:
    """Stalls that cannot be paid yet, by what has to be done about them."""
    by_standing: dict[Standing, list[SettlementLine]] = {one: [] for one in Standing}
    for one in paying.unready:
        by_standing[one.standing].append(one.line)
    return [(sending_words.STANDINGS[one][1], lines) for one, lines in by_standing.items() if lines]
