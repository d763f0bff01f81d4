"""The API against its own document: whatever is sent, no server error and nothing that the document does not say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder

from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.faces.api import limits
from jangteo.faces.api.limits import Limit
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world, order

SECONDS = 35
SEED = 7
EXAMPLES = 40
UNLIMITED = Limit("fuzz", 10**9, timedelta(minutes=10))


@dataclass(slots=True)
class Heard:
    """What came back: by operation how often each status, and what was wrong."""

    answers: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    failures: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def statuses(self) -> Counter[int]:
        return sum(self.answers.values(), Counter())

    def event(self, event: events.EngineEvent) -> None:
        if isinstance(event, events.NonFatalError):
            self.errors.append(f"{event.label}: {event.value!r}")
        if isinstance(event, events.FatalError):
            self.errors.append(repr(event.exception))
        if isinstance(event, events.ScenarioFinished):
            self._scenario(event.recorder)

    def _scenario(self, recorder: ScenarioRecorder) -> None:
        for case_id, interaction in recorder.interactions.items():
            if interaction.response is not None:
                operation = recorder.cases[case_id].value.operation.label
                self.answers[operation][interaction.response.status_code] += 1
        for case_id, checks in recorder.checks.items():
            for check in checks:
                if check.failure_info is not None:
                    operation = recorder.cases[case_id].value.operation.label
                    found = check.failure_info
                    self.failures.setdefault(f"{operation} {check.name}", f"{found.failure}\n{found.code_sample}")


@dataclass(frozen=True, slots=True)
class Seeded:
    """A market in full swing, and what exists in it."""

    known: dict[str, list[str | int]]
    stall_token: str
    customer_token: str


@pytest.fixture(scope="module")
def seeded(committed_db: str) -> Seeded:
    world = make_world()
    orders = [order(world, (world.mackerel, 1), (world.hairtail, 1), (world.tofu, 1)) for _ in range(4)]
    user = register_customer(market=world.market, actor=SYSTEM, phone="01000003000")
    return Seeded(
        {**_ids(world), "slug": ["jangteo"], "token": [placed.token for placed in orders]},
        make_api_token(market=world.market, actor=SYSTEM, label="till", stall=world.fish),
        make_api_token(market=world.market, actor=SYSTEM, label="app", user=user),
    )


def _ids(world: World) -> dict[str, list[str | int]]:
    with in_market(world.market.pk):
        return {
            "part_id": list(StallPart.objects.filter(stall=world.fish).values_list("pk", flat=True)),
            "line_id": list(Line.objects.filter(stall=world.fish).values_list("pk", flat=True)),
            "good_id": [world.mackerel.pk, world.hairtail.pk, world.cabbage.pk, world.tofu.pk],
        }


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("ORDERS_OF_ADDRESS", "ORDERS_OF_PHONE", "WRONG_SECRETS"):
        monkeypatch.setattr(limits, name, UNLIMITED)
    yield


def config(seeded: Seeded) -> SchemathesisConfig:
    """All checks and all phases, in a fixed order of chance, within a minute's half."""
    known = {name: {"values": values} for name, values in seeded.known.items()}
    usual = {f"path.{name}": {"dictionary": name, "probability": 0.85} for name in seeded.known}
    usual["body.lines[*].good_id"] = {"dictionary": "good_id", "probability": 0.85}
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "max-time": SECONDS,
            "continue-on-failure": True,
            "generation": {"max-examples": EXAMPLES, "database": ":memory:", "no-shrink": True},
            "dictionaries": known,
            "parameters": usual,
            "auth": {
                "openapi": {
                    "StallToken": {"bearer": seeded.stall_token},
                    "CustomerToken": {"bearer": seeded.customer_token},
                }
            },
            # Its probes cannot be sent over WSGI; faces/api/tests/test_tokens.py asks every closed address instead.
            "checks": {"ignored_auth": {"enabled": False}},
        }
    )


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_nothing_breaks_and_nothing_surprises(seeded: Seeded, unlimited: None) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), config=config(seeded))
    heard = Heard()
    import time; t=time.time()
    for event in from_schema(schema).execute():
        heard.event(event)
        if isinstance(event, events.PhaseFinished): print(event.phase.name, time.time()-t)
        if isinstance(event, events.EngineFinished): print(event.running_time, event.stop_reason)
    print(heard.statuses)
    for k,v in heard.answers.items(): print(k, dict(v))
    for k,v in heard.failures.items(): print(k, v[:900])
    print(heard.errors)
    assert not heard.failures
