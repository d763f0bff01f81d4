"""Where the real data lies that some tests read. It is not part of the project; without it those tests are skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("JANGTEO_REAL_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def real_data(relative: str) -> Path:
    """A file of the real data. Skips the running test, saying which file is missing, where there is none."""
    path = FOLDER / relative
    if not path.is_file():
        pytest.skip(f"NO REAL DATA: {relative} is not in {FOLDER}; set JANGTEO_REAL_DATA to its folder")
    return path
