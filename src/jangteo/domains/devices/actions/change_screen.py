"""What a screen is called, where it stands, and what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jangteo.domains.devices.actions.tell_screen import tell_screen
from jangteo.domains.devices.errors import BadScreen
from jangteo.domains.devices.models import Screen
from jangteo.domains.devices.rules import MOST_NAME, MOST_PLACE, fits, is_named
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """None leaves a thing as it is."""

    name: str | None = None
    place: str | None = None
    setting: Mapping[str, object] | None = None


@action
def change_screen(*, market: Market, actor: Actor, screen_id: int, facts: ScreenFacts) -> Screen:
    """Write the facts; the screen hears of it at once. Raises BadScreen, Screen.DoesNotExist (also when taken down)."""
    screen = Screen.objects.select_for_update().filter(retired_at__isnull=True).get(pk=screen_id)
    told = {"name": facts.name, "place": facts.place, "setting": facts.setting}
    changes = {
        field: value.strip() if isinstance(value, str) else dict(value)
        for field, value in told.items()
        if value is not None
    }
    changed = [field for field, value in changes.items() if getattr(screen, field) != value]
    if not changed:
        return screen
    for field in changed:
        setattr(screen, field, changes[field])
    if not is_named(screen.name, screen.place) or not fits(screen.setting):
        raise BadScreen(most_name=MOST_NAME, most_place=MOST_PLACE)
    screen.save(update_fields=changed)
    audit.record(actor, "screen.changed", f"screen:{screen.pk}", fields=",".join(changed))
    tell_screen(screen=screen, what="changed")
    return screen
