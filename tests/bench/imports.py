"""How long the national list of markets takes to come in."""

from __future__ import annotations

import json
import subprocess
import sys
import time

from tests.bench.tables import Row, Table
from tests.real_data import FOLDER

RELEASE = FOLDER / "markets" / "national_markets_2024_cp949.csv"
MOST_SECONDS = 5.0
TITLE = "Import of the national list of markets, the whole command"


def run() -> list[Table]:
    """Twice: the first time everything is new, the second time nothing is."""
    if not RELEASE.is_file():
        return [Table(TITLE, [], [f"SKIPPED: no {RELEASE.name}; JANGTEO_REAL_DATA names the folder of the real data"])]
    rows = []
    for times in ("first", "again"):
        began = time.perf_counter()
        command = [sys.executable, "-m", "jangteo.project.cli", "markets", "import", str(RELEASE), "--json"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        seconds = time.perf_counter() - began
        report = json.loads(told)
        rows += [
            Row(f"{times}: rows read", report["read"], ""),
            Row(f"{times}: markets created", report["created"], ""),
            Row(f"{times}: time", seconds, "s", most=MOST_SECONDS),
        ]
    return [Table(TITLE, rows)]
