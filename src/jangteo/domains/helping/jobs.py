"""What comes round by itself."""

from __future__ import annotations

from jangteo.domains.helping.actions.end_due_actings import end_due_actings
from jangteo.domains.helping.queries import markets_with_due_actings
from jangteo.kernel.audit import SYSTEM


def end_due() -> None:
    """Close every acting whose time is over, market by market."""
    for market in markets_with_due_actings():
        end_due_actings(market=market, actor=SYSTEM)
