from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def settings_media(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Photos go to a folder of the test's own."""
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    return tmp_path
