"""A face that opens without a network: its service worker, which keeps the face's own pages and files on the device."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.templatetags.static import static

WORKER = "js/worker.js"
# The response header by which a page says whose it is: pages of one stall are not shown to the next.
OWNER_HEADER = "X-Owner"
_IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*["'](\.[^"']+)["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the worker of the face `name` has ready: `pages` below its address, `files` by their static names.

    `fallback` is the page shown in place of one that was never opened here. `more` are classic scripts that the worker
    of this face runs as well, `words` what they say and show. Paths that match the regular expression `lasting` never
    change under their whole address, and stay once they were seen.
    """

    name: str
    pages: Sequence[str]
    files: Sequence[str]
    fallback: str
    more: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    lasting: str = ""


@cache
def with_imports(*scripts: str) -> tuple[str, ...]:
    """These modules and all that they import, by their static names. Raises FileNotFoundError for a missing one.

    The first page of a device is open before its worker is, so nothing else would keep them.
    """
    found: dict[str, None] = {}
    waiting = list(scripts)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = None
        path = finders.find(name)
        if path is None:
            raise FileNotFoundError(name)
        text = Path(path).read_text(encoding="utf-8")
        waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(name), to)) for to in _IMPORT.findall(text)]
    return tuple(found)


def worker_script(kept: Kept) -> HttpResponse:
    """The worker's own file: what it keeps, then how. Another static file anywhere in it makes another worker.

    Serve it from within the address it is to work below.
    """
    files = [static(name) for name in kept.files]
    scripts = [static(name) for name in (WORKER, *kept.more)]
    asked: dict[str, object] = {"name": kept.name, "pages": list(kept.pages), "files": files, "fallback": kept.fallback}
    asked |= {"scripts": scripts, "words": dict(kept.words), "lasting": kept.lasting}
    asked["version"] = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]
    text = f"self.KEPT = {json.dumps(asked)};\nimportScripts(...self.KEPT.scripts);\n"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
