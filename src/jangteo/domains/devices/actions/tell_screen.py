"""A screen hears of what was decided about it."""

from __future__ import annotations

from jangteo.domains.devices.models import Screen
from jangteo.kernel import live
from jangteo.kernel.action import step


@step
def tell_screen(*, screen: Screen, what: str) -> None:
    """`what` is "changed", "reload" or "retired"; a screen that misses it finds out when it calls in."""
    live.publish([live.News(f"screen:{screen.pk}", f"screen.{what}", {"screen": screen.pk})])
