"""The association's own stall, through which delivery fees go, is shown where money is looked at and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.domains.markets.actions.open_house_stall import NAME
from jangteo.domains.markets.models import Stall
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, hand_over, parts, wants_home
from tests.security.asking import Asking, equipped, names_a_thing
from tests.security.callers import Whose
from tests.security.stage import Stage
from tests.security.table import ADDRESSES, LOOKS_THAT_WRITE

# The log names whatever anything was done with.
LOG = "office/log/"
LOOKS = [route for route, deeds in ADDRESSES.items() if "GET" in deeds and route not in LOOKS_THAT_WRITE | {LOG}]
# Here it says what each stall is owed.
MONEY = "office/money/runs/"


@pytest.fixture(scope="module")
def asking(committed_db: str) -> Iterator[Asking]:
    """A market that has earned a fee."""
    with equipped():
        stage = Stage()
        placed = bring(stage.here, wants_home(stage.here, (stage.here.tofu, 1)))
        hand_over(stage.here, parts(stage.here, placed)[0])
        yield Asking(stage)


@pytest.mark.parametrize("route", LOOKS)
def test_only_the_page_of_what_stalls_are_owed_names_it(asking: Asking, route: str) -> None:
    deed, whose = ADDRESSES[route]["GET"], Whose.OWN if names_a_thing(route) else None
    may = [caller for caller in asking.stage.callers() if deed.policy(caller, whose) is None]
    with in_market(asking.stage.here.market.pk):
        house = Stall.with_house.get(is_house=True)

    texts = [asking.ask(route, "GET", deed, caller, whose).text for caller in (may[0], may[-1])]

    assert any(NAME in text or house.code in text for text in texts) == (route == MONEY)
