from __future__ import annotations

import json
import re

from django.test import Client

from tests.world import World


def kept(phone: Client) -> dict[str, object]:
    """What the worker has ready, out of its own file."""
    answer = phone.get("/stall/worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    whole = r"self\.KEPT = (\{.*\});\nimportScripts\(\.\.\.self\.KEPT\.scripts\);\n\Z"
    found = re.match(whole, answer.content.decode())
    assert found
    return dict(json.loads(found[1]))


def test_the_worker_keeps_every_style_and_script_that_its_pages_name(world: World, phone: Client) -> None:
    ready = kept(phone)
    files, pages = ready["files"], ready["pages"]
    assert isinstance(files, list)
    assert isinstance(pages, list)
    named = {
        address
        for page in pages
        for address in re.findall(
            r'(?:<script[^>]+src|<link rel="stylesheet" href)="(/static/[^"]+)"', phone.get(page).content.decode()
        )
    }

    assert named
    assert named - set(files) == set()
    assert any("outbox" in address for address in files)
    assert ready["fallback"] in pages


def test_pages_say_whose_they_are_so_that_the_next_stall_sees_none_of_them(world: World, phone: Client) -> None:
    assert phone.get("/stall/till/")["X-Owner"] == str(world.fish.pk)


def test_the_app_can_be_installed(phone: Client) -> None:
    answer = phone.get("/stall/app.webmanifest")
    told = json.loads(answer.content)

    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"]) == ("/stall/", "/stall/", "standalone")
    assert [icon["sizes"] for icon in told["icons"]] == ["192x192", "512x512"]
