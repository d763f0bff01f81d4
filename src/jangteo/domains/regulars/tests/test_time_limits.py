"""One table says how long everything is kept, and everything is in it."""

from __future__ import annotations

import re
from pathlib import Path

from jangteo import domains
from jangteo.domains.regulars.jobs import ELSEWHERE, FORGETTERS
from jangteo.domains.regulars.parts import kept_here
from jangteo.domains.regulars.queries_privacy import person_of
from jangteo.domains.regulars.rules import RULES, SAYS_ITSELF, WHILE_MEMBER
from jangteo.domains.regulars.tests.test_forgetting import customer
from jangteo.kernel.tenancy import in_market
from tests.world import World

# Time spans with a name like these belong into the table.
OF_ITS_OWN = re.compile(r"^(KEPT|KEEPS?|RETENTION|FORGOTTEN)\w* *(:.*)?= *timedelta\(days", re.MULTILINE)
NOBODYS = {"jangteo/domains/catalog/actions/forget_photos.py": "photos that were never used for a good"}


def test_everything_that_is_known_of_people_has_its_time(world: World) -> None:
    user = customer(world)
    with in_market(world.market.pk):
        topics = {one.topic for one in kept_here(person_of(user))}

    assert topics - RULES.keys() - WHILE_MEMBER - SAYS_ITSELF == set()
    assert (WHILE_MEMBER | SAYS_ITSELF) & RULES.keys() == set()
    assert topics >= WHILE_MEMBER | SAYS_ITSELF


def test_every_rule_is_kept_to_by_a_job() -> None:
    assert FORGETTERS.keys() | ELSEWHERE == RULES.keys()
    assert FORGETTERS.keys() & ELSEWHERE == set()


def test_no_domain_has_a_time_of_its_own() -> None:
    root = Path(domains.__path__[0])
    found = {
        f"jangteo/domains/{path.relative_to(root)}"
        for path in root.rglob("*.py")
        if OF_ITS_OWN.search(path.read_text(encoding="utf-8")) and "tests" not in path.parts
    }

    assert found - NOBODYS.keys() == set()
