"""One running town and one browser for all journeys; every test gets phones of its own and leaves no order behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.counter_scenes import answer_claims
from tests.journeys.phone import ARGUMENTS, CHROMIUM, PATIENCE_MS, WHOLE_CHROMIUM, Phones
from tests.journeys.scenes import tidy
from tests.journeys.town import Town, busy_town

NO_BROWSER = "no Chromium here: nothing was tried in a real browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(NO_BROWSER)
    expect.set_options(timeout=PATIENCE_MS)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The browser's driver keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def town(
    browser: Browser,
    committed_database: Callable[[str], AbstractContextManager[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Town]:
    with committed_database("journeys"), busy_town(tmp_path_factory.mktemp("town")) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser, town: Town) -> Iterator[Phones]:
    """Hands out phones; at the end not one of them may have met an error or broken the content security policy."""
    given = Phones(browser, town.address)
    yield given
    given.close()
    assert given.complaints() == []


@pytest.fixture(scope="package")
def whole_browser(browser: Browser) -> Iterator[Browser]:
    """One that can show messages: that without a window around it, which is all others', cannot."""
    if not WHOLE_CHROMIUM.exists():
        pytest.skip("only a whole Chromium shows messages")
    # A worker asks for its script in the language of the browser, not in the one that a window plays.
    started = browser.browser_type.launch(executable_path=WHOLE_CHROMIUM, args=[*ARGUMENTS, "--accept-lang=ko-KR"])
    yield started
    started.close()


@pytest.fixture
def notifying(whole_browser: Browser, town: Town) -> Iterator[Phones]:
    """The same as `phone`, and these can show messages."""
    given = Phones(whole_browser, town.address)
    yield given
    given.close()
    assert given.complaints() == []


@pytest.fixture(autouse=True)
def _nothing_left_to_do(town: Town) -> Iterator[None]:
    yield
    tidy(town.world)
    answer_claims(town.world)
