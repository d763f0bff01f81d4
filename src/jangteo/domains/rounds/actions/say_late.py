"""A round is behind: the office is warned, before a customer asks."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.delivery.actions.expect_wave import expect_wave
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def say_late(*, market: Market, actor: Actor, wave_id: int, at: datetime) -> None:
    """When the wave is thought to be done by now."""
    expect_wave(wave_id=wave_id, at=at)
