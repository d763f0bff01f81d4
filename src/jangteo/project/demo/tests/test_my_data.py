from __future__ import annotations

from jangteo.domains.people.models import User
from jangteo.domains.regulars.queries_privacy import deletions, held_up_deletions
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.my_data import GONE, LEAVING, ask_to_be_forgotten
from tests.world import NOON, World


def test_the_demo_shows_a_request_under_way_and_one_that_is_over(world: World) -> None:
    with clock.at(NOON):
        ask_to_be_forgotten(world.market)
        with in_market(world.market.pk):
            (waiting,), (over,) = deletions(is_open=True), deletions(is_open=False)
            assert held_up_deletions() == 0

    assert (waiting.told, waiting.shown) == ({"account": 1, "favourites": 3}, "010-****-0492")
    assert (over.state, over.shown, over.outcome["favourites"]) == (
        "done",
        "010-****-0491",
        {"gone": 3, "stays": 0, "until": ""},
    )
    assert list(User.objects.filter(phone__in=[GONE, LEAVING]).values_list("phone", flat=True)) == [LEAVING]
