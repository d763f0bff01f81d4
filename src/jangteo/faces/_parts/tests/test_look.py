from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from tests.world import World


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A request leaves its language behind in the thread; here it ends with the test."""
    with translation.override("ko", deactivate=True):
        yield


@pytest.mark.rule(12)
def test_easy_mode_is_kept_for_a_year_and_goes_back_to_the_page(world: World, client: Client) -> None:
    answer = client.post("/look/", {"mode": "easy", "next": "/jangteo/goods/?kind=fish"})

    assert (answer.status_code, answer["Location"]) == (302, "/jangteo/goods/?kind=fish")
    assert answer.cookies["mode"]["max-age"] == 365 * 24 * 3600
    assert 'data-mode="easy"' in client.get("/jangteo/").content.decode()


def test_high_contrast_and_language_are_switched_alike(world: World, client: Client) -> None:
    client.post("/look/", {"contrast": "high"})
    client.post("/look/", {"language": "en"})

    page = client.get("/jangteo/").content.decode()

    assert 'data-contrast="high"' in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_switch_never_leads_to_another_host(client: Client, elsewhere: str) -> None:
    assert client.post("/look/", {"mode": "easy", "next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize(
    ("field", "value"), [("mode", "huge"), ("contrast", "<b>"), ("language", "xx"), ("other", "1")]
)
def test_unknown_values_set_nothing(client: Client, field: str, value: str) -> None:
    assert set(client.post("/look/", {field: value}).cookies) == set()


def test_switching_takes_a_post(client: Client) -> None:
    assert client.get("/look/").status_code == 405


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/jangteo/", headers={"host": "evil.example"}).status_code == 400
