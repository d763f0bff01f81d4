"""The API against its own document: whatever is sent, no server error and nothing that the document does not say."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

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
UNLIMITED = Limit("fuzz", 10**9, timedelta(minutes=10))


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
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "max-time": SECONDS,
            "continue-on-failure": True,
            "generation": {"max-examples": 60, "database": ":memory:", "no-shrink": True},
            "dictionaries": {name: {"values": values} for name, values in seeded.known.items()},
            "parameters": {f"path.{name}": {"dictionary": name, "probability": 0.85} for name in seeded.known},
            "auth": {
                "openapi": {
                    "StallToken": {"bearer": seeded.stall_token},
                    "CustomerToken": {"bearer": seeded.customer_token},
                }
            },
        }
    )


def test_nothing_breaks_and_nothing_surprises(seeded: Seeded, unlimited: None) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), config=config(seeded))
    answers: Counter[int] = Counter()
    operations: set[str] = set()
    failures: dict[str, str] = {}
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            print("ERR", event)
        if isinstance(event, events.EngineFinished):
            print(event.running_time, event.stop_reason)
        if isinstance(event, events.ScenarioFinished):
            for case_id, interaction in event.recorder.interactions.items():
                if interaction.response is not None:
                    answers[interaction.response.status_code] += 1
            for case_id, checks in event.recorder.checks.items():
                for check in checks:
                    if check.status == Status.FAILURE:
                        case = event.recorder.cases[case_id].value
                        failures.setdefault(f"{event.phase} {check.name} {case.operation.label}", f"{check.failure_info.failure}\n{check.failure_info.code_sample}")
    print(answers)
    for k, v in failures.items():
        print(k); print(v[:1500]); print()
    assert not failures
