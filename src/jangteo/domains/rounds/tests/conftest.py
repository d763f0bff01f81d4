from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from jangteo.kernel import clock
from tests.world import NOON, World, delivers, make_world


@pytest.fixture(autouse=True)
def noon(tmp_path: Path) -> Iterator[None]:
    """The market is open, so it is noon in every test; photos lie in a folder of the test."""
    with override_settings(MEDIA_ROOT=tmp_path), clock.at(NOON):
        yield


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    delivers(made)
    return made
