"""What a page weighs on the wire: itself and everything that it needs before its pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

KB = 1000
ACCEPT = {"Accept-Encoding": "br, gzip"}
_NEEDED = (
    re.compile(r'<link[^>]+rel="(?:stylesheet|modulepreload|preload|manifest)"[^>]*href="([^"]+)"'),
    re.compile(r'<script[^>]+src="([^"]+)"'),
    re.compile(r'<use[^>]+href="([^"#]+)'),
    re.compile(r'(?:import|from)\s*"(\.{1,2}/[^"]+)"'),
    re.compile(r'@import\s+(?:url\()?"([^"]+)"'),
    re.compile(r'url\("?([^")]+\.(?:woff2?|ttf))"?\)'),
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """`bytes` as they were sent, headers included; `text` unpacked."""

    bytes: int
    text: str


def weights(get: Callable[[str], Arrived], url: str) -> dict[str, int]:
    """Bytes by address; `get` fetches one, compressed as a browser asks for it (`ACCEPT`)."""
    weighed: dict[str, int] = {}
    wanted = [url]
    while wanted:
        address = wanted.pop()
        if address in weighed:
            continue
        answer = get(address)
        weighed[address] = answer.bytes
        wanted += [urljoin(address, found) for pattern in _NEEDED for found in pattern.findall(answer.text)]
    return weighed


def by_kind(weighed: Mapping[str, int]) -> Counter[str]:
    """The same by the ending of the name, "html" where there is none."""
    kinds = Counter[str]()
    for address, size in weighed.items():
        kinds[address.partition("?")[0].rpartition("/")[2].rpartition(".")[2] or "html"] += size
    return kinds
