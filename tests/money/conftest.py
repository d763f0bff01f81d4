from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.project.invariants import INVARIANTS
from tests.books import wrong_in_the_books
from tests.money.windows import Street, street
from tests.world import World


@pytest.fixture
def here(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with street(world) as built:
        yield built
    assert [breach for one in INVARIANTS for breach in one.breaches()] == []
    assert wrong_in_the_books(quiet=False) == []
