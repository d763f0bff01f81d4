"""When a wave is thought to be done."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.delivery.models import Wave
from jangteo.kernel.action import step


@step
def expect_wave(*, wave_id: int, at: datetime) -> None:
    """When a wave is thought to be done, said by whoever plans or brings it."""
    Wave.objects.filter(pk=wave_id).update(expected_at=at)
