"""The carriers that are set up, handed over by the project at start. Where people practise there are none."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.carriers.ports import LabelPress, ParcelTracker, QuickCourier
from jangteo.kernel.tenancy import in_practice


@dataclass(frozen=True, slots=True)
class Outside:
    """None for what is not configured."""

    quick: QuickCourier | None = None
    tracker: ParcelTracker | None = None
    press: LabelPress | None = None


_set_up = [Outside()]


def use(outside: Outside) -> None:
    """Replace all of them."""
    _set_up[:] = [outside]


def quick() -> QuickCourier | None:
    return None if in_practice() else _set_up[0].quick


def tracker() -> ParcelTracker | None:
    return None if in_practice() else _set_up[0].tracker


def press() -> LabelPress:
    """Raises LookupError before the project has handed one over."""
    found = _set_up[0].press
    if found is None:
        raise LookupError("no press was set up")
    return found
