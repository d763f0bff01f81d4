"""What a courier pressed, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jangteo.domains.catalog.photo_sizes import Sizes


@dataclass(frozen=True, slots=True)
class Press:
    """`what`: loaded, here, done, failed or lack. `at` is when, on the server's clock; `photo` ready to be kept.

    `why` and `steps` belong to failed, `line_id` to lack.
    """

    stop_id: int
    what: str
    at: datetime
    photo: Sizes | None = None
    why: str = ""
    steps: tuple[str, ...] = ()
    line_id: int = 0
