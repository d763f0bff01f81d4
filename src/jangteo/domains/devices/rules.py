"""When a screen counts as silent, and what it may be called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

PAIRING_LASTS = timedelta(minutes=10)
# Digits of another market's screen must not be found by trying.
MOST_CLAIMS = 15
# Screens call in every minute; a reload or a short fall of the network is no silence.
CALLS_IN = timedelta(minutes=1)
SILENT_AFTER = timedelta(minutes=5)
MOST_NAME = 30
MOST_PLACE = 60
MOST_SETTING = 20_000
MOST_UNSENT = 100_000


def is_silent(seen_at: datetime, now: datetime) -> bool:
    """Whether a screen has missed several calls."""
    return now - seen_at > SILENT_AFTER


def is_named(name: str, place: str) -> bool:
    """Whether people can find the screen by these words."""
    return 0 < len(name) <= MOST_NAME and 0 < len(place) <= MOST_PLACE


def fits(setting: Mapping[str, object]) -> bool:
    """Whether so much may be kept about one screen."""
    return len(json.dumps(setting, ensure_ascii=False)) <= MOST_SETTING
