"""What the first screen of every face weighs, and how fast a phone on a slow line shows it."""

from __future__ import annotations

import httpx

from tests.bench import lighthouse
from tests.bench.faces import Face, faces
from tests.bench.shop import Shop
from tests.bench.tables import Row, Table
from tests.weights import ACCEPT, KB, Arrived, by_kind, weights


def run(shop: Shop) -> list[Table]:
    """Weight as transferred, then Lighthouse where there is what it needs; one table of each for every face."""
    every = faces(shop)
    return [*(_weight(face) for face in every), *(lighthouse.table(face) for face in every)]


def _weight(face: Face) -> Table:
    with httpx.Client(headers={**ACCEPT, "Cookie": face.cookie}, timeout=60) as browser:
        found = weights(lambda address: _arrived(browser, address), face.url)
    kinds = by_kind(found)
    rows = [
        Row("everything but pictures, compressed", sum(found.values()) / KB, "KB", most=face.most_kb),
        *(
            Row(f"  of it {kind}", size / KB, "KB", most=face.most_scripts_kb if kind == "js" else None)
            for kind, size in sorted(kinds.items())
        ),
        Row("requests", len(found), ""),
    ]
    return Table(f"First screen, as transferred: {face.name}", rows)


def _arrived(browser: httpx.Client, address: str) -> Arrived:
    answer = browser.get(address)
    answer.raise_for_status()
    headers = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
    return Arrived(answer.num_bytes_downloaded + headers, answer.text)
