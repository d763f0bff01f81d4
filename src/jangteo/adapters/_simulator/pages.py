"""The frame of the pages that simulators show to people, and where they get their stylesheet."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from jangteo.adapters._simulator.server import Reply

STYLESHEET_PATH = "/practice.css"

# No form-action: the pages' forms redirect to the shop, and browsers hold that directive against the redirect too.
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


def page(title: str, notice: str, content: str, *, status: int = 200) -> Reply:
    """A Korean page. `content` is finished HTML; title and notice are plain text."""
    html = f"""<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="{STYLESHEET_PATH}">
</head>
<body>
<p class="notice">{escape(notice)}</p>
<main>
{content}
</main>
</body>
</html>
"""
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Reply(status, html.encode(), "text/html; charset=utf-8", headers)


def asset(package: str, name: str, content_type: str) -> Reply:
    """A file of a simulator's `static` folder."""
    content = files(package).joinpath("static", name).read_bytes()
    return Reply(200, content, content_type, {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})


def stylesheet() -> Reply:
    """The stylesheet of every simulator's pages."""
    return asset("jangteo.adapters._simulator", "practice.css", "text/css; charset=utf-8")
