"""The API against its own document: whatever is sent, no server error and nothing that the document does not say."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import schemathesis
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.queries import pickup_times
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces.api import limits
from jangteo.faces.api.limits import Limit
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world, order

SEED = 7
# Invented requests of each operation, and walks through several; more for a long search. They come on top of the cases
# that the schema itself names, of which there are as many every time.
EXAMPLES = 35
ORDERS = 100
FEWEST_ANSWERS, FEWEST_OF_EACH = 1_300, 30
UNLIMITED = Limit("fuzz", 10**9, timedelta(minutes=10))
# What no schema can say: a good on several lines, too many in all; the same money twice, or cashback of nobody's.
RULES_BEYOND_THE_SCHEMA = frozenset({"ordering.bad_quantity", "ordering.bad_money"})

Known = dict[str, list[str | int]]


@dataclass(frozen=True, slots=True)
class Seeded:
    """A market in full swing, what exists in it, and tokens of a stall and of a customer."""

    world: World
    known: Known
    stall_token: str
    customer_token: str


@dataclass(slots=True)
class Heard:
    """What came back: how often each status by operation, and what was wrong."""

    answers: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    failures: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def event(self, event: events.EngineEvent) -> None:
        if isinstance(event, events.NonFatalError):
            self.errors.append(f"{event.label}: {event.value!r}")
        elif isinstance(event, events.FatalError):
            self.errors.append(repr(event.exception))
        elif isinstance(event, events.ScenarioFinished):
            self._scenario(event.recorder)

    def _scenario(self, recorder: ScenarioRecorder) -> None:
        for case_id, interaction in recorder.interactions.items():
            if interaction.response is not None:
                self.answers[_operation(recorder, case_id)][interaction.response.status_code] += 1
        for case_id, checks in recorder.checks.items():
            for check in checks:
                if check.failure_info is None or _is_a_rule(recorder, case_id, check.name):
                    continue
                found = check.failure_info
                name = f"{_operation(recorder, case_id)} {check.name}"
                self.failures.setdefault(name, f"{found.failure}\n{found.code_sample}")


def _operation(recorder: ScenarioRecorder, case_id: str) -> str:
    return str(recorder.cases[case_id].value.operation.label)


def _is_a_rule(recorder: ScenarioRecorder, case_id: str, check: str) -> bool:
    response = recorder.interactions[case_id].response
    if check != "positive_data_acceptance" or response is None:
        return False
    return json.loads(response.content)["code"] in RULES_BEYOND_THE_SCHEMA


@pytest.fixture(scope="module")
def seeded(committed_db: str) -> Seeded:
    world = make_world()
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=9_999)
    tokens = [order(world, (world.mackerel, 1), (world.hairtail, 1), (world.tofu, 1)).token for _ in range(ORDERS)]
    user = register_customer(market=world.market, actor=SYSTEM, phone="01000003000")
    return Seeded(
        world,
        {**_in_all_states(world), **_worth_asking(world), "token": [*tokens]},
        make_api_token(market=world.market, actor=SYSTEM, label="till", stall=world.fish),
        make_api_token(market=world.market, actor=SYSTEM, label="app", user=user),
    )


def _in_all_states(world: World) -> Known:
    """A fifth each of the stall's tickets new, accepted, weighed, ready, and accepted to be weighed only."""
    with in_market(world.market.pk):
        parts = list(StallPart.objects.filter(stall=world.fish).order_by("pk").values_list("pk", flat=True))
        lines = dict(Line.objects.filter(good=world.hairtail).values_list("part_id", "pk"))
    for place, part_id in enumerate(parts):
        if place % 5 > 0:
            accept_part(market=world.market, actor=SYSTEM, part_id=part_id)
        if place % 5 in (2, 3):
            weigh_line(market=world.market, actor=SYSTEM, line_id=lines[part_id], grams=400)
        if place % 5 == 3:
            ready_part(market=world.market, actor=SYSTEM, part_id=part_id)
    for_the_scales = parts[4::5]
    return {
        "part_id": [part_id for part_id in parts if part_id not in for_the_scales],
        "line_id": [lines[part_id] for part_id in for_the_scales],
    }


def _worth_asking(world: World) -> Known:
    times = [moment.isoformat() for moment in pickup_times(world.market, clock.now())[-5:]]
    return {
        "slug": [str(world.market.slug)],
        "good_id": [world.mackerel.pk, world.hairtail.pk],
        "orderable": [world.cabbage.pk, world.tofu.pk],
        "times": [*times],
        "grams": [380, 400, 430, 5_000],
    }


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call comes from one address."""
    for name in ("ORDERS_OF_ADDRESS", "ORDERS_OF_PHONE", "WRONG_SECRETS"):
        monkeypatch.setattr(limits, name, UNLIMITED)


def config(seeded: Seeded) -> SchemathesisConfig:
    """All phases and checks, each phase once, so that a slow machine asks no less than a fast one.

    What exists is asked for mostly, and now and then what does not.
    """
    usual = {f"path.{name}": name for name in ("slug", "token", "part_id", "line_id", "good_id")}
    usual |= {"body.lines[*].good_id": "orderable", "body.wanted_at": "times", "body.grams": "grams"}
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "continue-on-failure": True,
            "generation": {"max-examples": EXAMPLES, "database": ":memory:", "no-shrink": True},
            "dictionaries": {name: {"values": values} for name, values in seeded.known.items()},
            "parameters": {place: {"dictionary": name, "probability": 0.85} for place, name in usual.items()},
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


def others(world: World) -> list[object]:
    """The goods and doors of every stall but the one whose token is used."""
    with in_market(world.market.pk):
        goods = (
            Good.objects.exclude(stall=world.fish).order_by("pk").values_list("pk", "price_won", "state", "changed_at")
        )
        doors = Stall.objects.exclude(pk=world.fish.pk).order_by("pk").values_list("pk", "door")
        return [*goods, *doors]


def uncompressed() -> WSGIHandler:
    """The program without compression, which the fuzzer cannot undo when it calls us without a network."""
    plain = [name for name in settings.MIDDLEWARE if not name.endswith("GZipMiddleware")]
    with override_settings(MIDDLEWARE=plain):
        return WSGIHandler()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_nothing_breaks_and_nothing_surprises(seeded: Seeded, unlimited: None) -> None:
    before = others(seeded.world)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", uncompressed(), config=config(seeded))

    heard = Heard()
    for event in from_schema(schema).execute():
        heard.event(event)

    assert heard.failures == {}
    assert heard.errors == []
    assert {operation: max(each) for operation, each in heard.answers.items() if max(each) >= 500} == {}
    # A fuzzer that is turned away everywhere proves nothing.
    assert sorted(operation for operation, each in heard.answers.items() if min(each) >= 300) == []
    assert len(heard.answers) == 22
    assert min(each.total() for each in heard.answers.values()) >= FEWEST_OF_EACH
    assert sum(each.total() for each in heard.answers.values()) >= FEWEST_ANSWERS
    assert others(seeded.world) == before
