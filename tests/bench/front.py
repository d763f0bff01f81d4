"""What the front page weighs, and how fast a phone on a slow line shows it."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from urllib.parse import urljoin

import httpx

from tests.bench import lighthouse
from tests.bench.buyers import Buyer
from tests.bench.shop import Shop
from tests.bench.tables import Row, Table

KB = 1000
MOST_KB = 60
ACCEPT = {"Accept-Encoding": "br, gzip"}
_NEEDED = (
    re.compile(r'<link[^>]+rel="(?:stylesheet|modulepreload|preload|manifest)"[^>]*href="([^"]+)"'),
    re.compile(r'<script[^>]+src="([^"]+)"'),
    re.compile(r'<use[^>]+href="([^"#]+)'),
    re.compile(r'(?:import|from)\s*"(\.{1,2}/[^"]+)"'),
    re.compile(r'@import\s+(?:url\()?"([^"]+)"'),
    re.compile(r'url\("?([^")]+\.(?:woff2?|ttf))"?\)'),
)


def run(shop: Shop) -> list[Table]:
    """Weight as transferred, then Lighthouse where there is what it needs."""
    with closing(Buyer(shop, 7_000)) as buyer:
        weights = _weights(buyer, shop.url)
    total = sum(weights.values()) / KB
    kinds = Counter[str]()
    for address, size in weights.items():
        kinds[address.rpartition("/")[2].rpartition(".")[2] or "html"] += size
    rows = [
        Row("everything but pictures, compressed", total, "KB", most=MOST_KB),
        *(Row(f"  of it {kind}", size / KB, "KB") for kind, size in sorted(kinds.items())),
        Row("requests", len(weights), ""),
    ]
    return [Table("Front page, as transferred", rows), lighthouse.table(shop.url)]


def _weights(buyer: Buyer, url: str) -> dict[str, int]:
    """Bytes on the wire by address: the page and everything that it needs before its pictures."""
    weights: dict[str, int] = {}
    wanted = [url]
    while wanted:
        address = wanted.pop()
        if address in weights:
            continue
        answer = buyer.look(address, ACCEPT)
        answer.raise_for_status()
        weights[address] = _on_the_wire(answer)
        wanted += [urljoin(address, found) for pattern in _NEEDED for found in pattern.findall(answer.text)]
    return weights


def _on_the_wire(answer: httpx.Response) -> int:
    """Body as sent, and the headers."""
    headers = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
    return answer.num_bytes_downloaded + headers
