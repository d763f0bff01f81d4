"""Behind a TLS proxy, with the real settings of such an installation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

import pytest
from django.conf import settings

from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Role
from jangteo.faces._parts.context import CONTRAST_COOKIE, MODE_COOKIE
from jangteo.faces._parts.devices import STALL_COOKIE
from jangteo.faces.shop import basket, my_orders
from jangteo.kernel.audit import SYSTEM
from tests.world import make_world

A_YEAR = 31_536_000
COOKIES = {
    MODE_COOKIE,
    CONTRAST_COOKIE,
    STALL_COOKIE,
    basket.COOKIE,
    my_orders.COOKIE,
    settings.CSRF_COOKIE_NAME,
    settings.LANGUAGE_COOKIE_NAME,
}


class Visit(TypedDict):
    statuses: list[int]
    headers: list[dict[str, str]]
    cookies: dict[str, str]


@pytest.fixture(scope="module")
def visit(committed_db: str) -> Visit:
    world = make_world()
    token = make_entry_link(market=world.market, actor=SYSTEM, role=Role.OWNER, stall=world.fish)
    behind_tls = {"JANGTEO_HTTPS": "yes", "JANGTEO_HOSTS": "market.example"}
    told: Visit = json.loads(
        subprocess.run(
            [sys.executable, "-m", "tests.security.over_https", token, str(world.tofu.pk)],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "jangteo.project.settings", **behind_tls},
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        ).stdout
    )
    return told


def test_everything_works_there(visit: Visit) -> None:
    assert visit["statuses"] == [200, 302, 302, 200, 302, 302, 200, 200]


def test_every_cookie_is_out_of_reach(visit: Visit) -> None:
    assert set(visit["cookies"]) == COOKIES
    for cookie in visit["cookies"].values():
        assert "; HttpOnly" in cookie
        assert "; Secure" in cookie
        assert "; SameSite=Lax" in cookie


def test_browsers_are_told_to_stay_with_https(visit: Visit) -> None:
    *over_tls, plain = visit["headers"]

    assert {headers["Strict-Transport-Security"] for headers in over_tls} == {f"max-age={A_YEAR}"}
    assert {headers["Cross-Origin-Opener-Policy"] for headers in over_tls} == {"same-origin"}
    assert "Strict-Transport-Security" not in plain


def test_pages_listen_to_the_stream_over_tls_only(visit: Visit) -> None:
    (sources,) = {
        part.strip()
        for part in visit["headers"][0]["Content-Security-Policy"].split(";")
        if part.strip().startswith("connect-src")
    }

    assert "http://" not in sources
    assert "https://market.example:" in sources
