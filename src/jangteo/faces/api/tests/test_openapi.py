"""The document is a promise: a change to it must be meant. Refresh it with `python scripts/openapi.py`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast, get_args

from django.test import Client

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Order, Shortfall, StallPart
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.payments.models import Payment
from jangteo.faces.api import shapes
from jangteo.faces.api.openapi import document
from jangteo.faces.api.tests.callers import Json

SNAPSHOT = Path(__file__).resolve().parents[5] / "docs" / "api" / "openapi.json"


def operations() -> dict[str, Json]:
    """Every operation by "METHOD path"."""
    paths = cast(dict[str, dict[str, Json]], document()["paths"])
    return {f"{method.upper()} {path}": each for path, methods in paths.items() for method, each in methods.items()}


def test_the_document_is_the_one_in_the_docs() -> None:
    assert document() == json.loads(SNAPSHOT.read_text()), "meant? then: python scripts/openapi.py"


def test_the_document_is_served_as_it_is(db: None) -> None:
    response = Client().get("/api/v1/openapi.json")

    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == document()


def test_every_operation_is_named_once_and_said_in_words() -> None:
    every = operations()

    assert len(every) == 22
    assert len({str(each["operationId"]) for each in every.values()}) == len(every)
    assert [name for name, each in every.items() if not each["summary"]] == []


def test_every_reference_leads_somewhere() -> None:
    whole = document()
    text = json.dumps(whole)
    references = {part.split('"')[0] for part in text.split('"$ref": "#/')[1:]}
    assert len(references) > 20
    for reference in references:
        place: object = whole
        for step in reference.split("/"):
            place = cast(Json, place)[step]


def test_what_needs_a_token_says_so() -> None:
    closed = {name: each.get("security") for name, each in operations().items() if "security" in each}

    assert closed.pop("POST /api/v1/markets/{slug}/orders/") == [{"CustomerToken": []}, {}]
    assert closed.pop("GET /api/v1/me/orders/") == [{"CustomerToken": []}]
    assert len(closed) == 11
    assert all(each == [{"StallToken": []}] for each in closed.values())


def test_words_for_states_are_the_domains_own() -> None:
    pairs = {
        shapes.OrderState: OrderState,
        shapes.PartState: PartState,
        shapes.RefuseReason: StallPart.RefuseReason,
        shapes.Fulfil: Order.Fulfil,
        shapes.Tender: Order.Tender,
        shapes.Door: Stall.Door,
        shapes.GoodState: Good.State,
        shapes.PriceLife: Good.PriceLife,
        shapes.Tax: Good.Tax,
        shapes.PaymentState: Payment.State,
    }
    for words, states in pairs.items():
        assert set(flat(words)) == set(states.values), states
    assert set(flat(shapes.Short)) == {"", *Shortfall.State.values}


def flat(words: object) -> list[str]:
    """The words of a Literal, or of a union of them."""
    return [each for part in get_args(words) for each in ([part] if isinstance(part, str) else flat(part))]
