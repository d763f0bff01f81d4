"""Lighthouse on a simulated phone with slow 4G. It is fetched by npm into the var folder, never into the project."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from pathlib import Path

from jangteo.project import environment
from tests.bench.faces import Face
from tests.bench.tables import Row, Table

VERSION = "12.8.2"
RUNS = 3
LEAST_PERFORMANCE = 0.90
MOST_LCP_S, MOST_BLOCKED_MS, MOST_SHIFT = 2.5, 200, 0.05
# A page that keeps a stream open is never idle.
MOST_LOAD_MS = 20_000
CHROME_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
AUDITS = (
    "largest-contentful-paint",
    "first-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
    "total-byte-weight",
)
TITLE = f"Lighthouse {VERSION}, mobile, simulated slow 4G, median of {RUNS}"


def table(face: Face) -> Table:
    """The scores of its first screen, or the reason why there are none."""
    title = f"{TITLE}: {face.name}"
    chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    missing = [name for name in ("node", "npm") if shutil.which(name) is None] + ([] if chrome else ["chromium"])
    if missing or chrome is None:
        return Table(title, [], [f"SKIPPED: this machine has no {', '.join(missing)}"])
    program = _installed()
    if program is None:
        return Table(title, [], [f"SKIPPED: npm could not fetch lighthouse {VERSION}"])
    runs = [_run(program, chrome, face) for _ in range(RUNS)]
    performance, lcp_ms, fcp_ms, blocked_ms, shift, size = (
        statistics.median(values) for values in zip(*runs, strict=True)
    )
    return Table(
        title,
        [
            Row("performance", performance, "", least=LEAST_PERFORMANCE),
            Row("largest contentful paint", lcp_ms / 1000, "s", most=MOST_LCP_S),
            Row("first contentful paint", fcp_ms / 1000, "s"),
            Row("total blocking time", blocked_ms, "ms", most=MOST_BLOCKED_MS),
            Row("cumulative layout shift", shift, "", most=MOST_SHIFT),
            Row("everything, with pictures", size / 1000, "KB"),
        ],
    )


def _installed() -> Path | None:
    folder = environment.folder("JANGTEO_VAR").parent / f"lighthouse-{VERSION}"
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), f"lighthouse@{VERSION}"]
        subprocess.run(command, capture_output=True, check=False)
    return program if program.exists() else None


def _run(program: Path, chrome: str, face: Face) -> tuple[float, ...]:
    """The performance score and the audits of `AUDITS`, as numbers."""
    command = [str(program), face.url, "--quiet", "--no-enable-error-reporting", "--locale=ko", "--output=json"]
    command += ["--only-categories=performance", f"--chrome-flags={CHROME_FLAGS}"]
    command += [f"--max-wait-for-load={MOST_LOAD_MS}"]
    command += [f"--extra-headers={json.dumps({'Cookie': face.cookie})}"] if face.cookie else []
    environ = {**os.environ, "CHROME_PATH": chrome}
    report = json.loads(subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout)
    numbers = (report["audits"][audit]["numericValue"] for audit in AUDITS)
    return float(report["categories"]["performance"]["score"]), *map(float, numbers)
