from __future__ import annotations

from jangteo.domains.stamps.models import Stamp
from jangteo.domains.stamps.queries import regulars_of, stamps_at
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.regulars import CAME, collect_stamps
from tests.world import NOON, World

PHONES = [f"010-0000-{number:04}" for number in range(2001, 2008)]


def test_the_demo_shows_cards_that_fill_up_and_regulars(world: World) -> None:
    with clock.at(NOON):
        collect_stamps(world.market, PHONES)
        with in_market(world.market.pk):
            told = stamps_at(world.fish.pk, clock.now())
            regulars = regulars_of(world.fish.pk, clock.now())
            stamps = Stamp.objects.filter(kind=Stamp.Kind.PUT).count()

    # Every visit is on the stall's card and on the market's.
    assert stamps == 2 * sum(map(len, CAME))
    assert told.people == len(CAME) + 1
    assert len(regulars) == sum(len(days) >= 3 for days in CAME)
