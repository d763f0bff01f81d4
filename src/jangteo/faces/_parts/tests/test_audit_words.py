from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.utils import translation

import jangteo
from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.events.models import Event, SignUp
from jangteo.domains.hub.models import Outcome
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Shortfall
from jangteo.domains.payments.models import Refund
from jangteo.domains.rebates.models import RebateVisit
from jangteo.domains.rounds.states import STOP_TRANSITIONS
from jangteo.faces._parts.words.audit import SENTENCES, audit_sentence

SOURCE = Path(jangteo.__file__).parent
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# What the changing half of a code can be, for codes that are put together.
ENDINGS: dict[str, set[str]] = {
    "cash_receipt.": {CashReceipt.State.ISSUED, CashReceipt.State.CANCELLED, CashReceipt.State.REJECTED},
    "event.": set(Event.State.values),
    "hub.outcome_": set(Outcome.What.values),
    "event.sign_up_": {SignUp.State.IN, SignUp.State.WAITING},
    "good.": set(Good.State.values),
    "stall.": set(Stall.Door.values),
    "shortfall.": set(Shortfall.State.values) - {Shortfall.State.OPEN},
    "stop.": set().union(*STOP_TRANSITIONS.values()),
    "rebate.visit_": set(RebateVisit.State.values),
    "refund.": set(Refund.State.values) - {Refund.State.QUEUED},
}


@pytest.fixture(autouse=True)
def _korean() -> Iterator[None]:
    with translation.override("ko"):
        yield


@cache
def recorded() -> list[tuple[str, frozenset[str], str]]:
    """Code, fact names and place of every audit row that the program can write."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for function in [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]:
            for call in [n for n in ast.walk(function) if isinstance(n, ast.Call) and is_record(n)]:
                names = frozenset(keyword.arg or "**" for keyword in call.keywords)
                place = f"{path.relative_to(SOURCE)}:{call.lineno}"
                found += [(code, names, place) for code in codes(call.args[1], function)]
    return found


def is_record(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func) == "audit.record"


def codes(node: ast.expr, function: ast.FunctionDef) -> set[str]:
    """The codes an expression can be: a text, a prefix with an ending, or a name given one of these above."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.JoinedStr):
        head, *_ending = node.values
        assert isinstance(head, ast.Constant), ast.unparse(node)
        prefix = str(head.value)
        return {prefix + ending for ending in ENDINGS[prefix]}
    if isinstance(node, ast.IfExp):
        return codes(node.body, function) | codes(node.orelse, function)
    assert isinstance(node, ast.Name), ast.unparse(node)
    given = [n.value for n in ast.walk(function) if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == node.id]
    return set().union(*(codes(value, function) for value in given))


def test_every_audit_row_has_a_sentence() -> None:
    rows = recorded()

    assert len(rows) > 30
    assert [f"{place} {code}" for code, _names, place in rows if code not in SENTENCES] == []


def test_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) - {code for code, _names, _place in recorded()} == set()


def test_sentences_only_ask_for_facts_that_are_recorded() -> None:
    short = [
        f"{place} {code}: {asked - names}"
        for code, names, place in recorded()
        if (asked := set(PLACEHOLDER.findall(str(SENTENCES[code])))) - names
    ]

    assert short == []


def test_amounts_and_reasons_are_written_for_people() -> None:
    handed = audit_sentence("part.handed_over", {"number": 17, "amount_won": 12000})
    refused = audit_sentence("part.refused", {"number": 3, "reason": "too_busy"})

    assert handed == "17번을 건넸어요. 12,000원이에요."
    assert refused == "3번 주문을 바빠서 못 받았어요."


def test_an_unknown_code_is_shown_rather_than_hidden() -> None:
    assert audit_sentence("weather.changed", {"wind": 3}) == "기록 weather.changed"
