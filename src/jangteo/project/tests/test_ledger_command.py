"""`jangteo ledger` as a person or a program runs it: output and exit code."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.cli import ledger_words
from jangteo.project.cli.ledger import app
from jangteo.project.invariants import INVARIANTS
from tests.breaking import by_hand, over, paid, points_half_spent
from tests.world import World, order

pytestmark = pytest.mark.usefixtures("takes_card")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})


def test_a_whole_book_has_a_line_for_each_invariant_and_ends_well(world: World) -> None:
    over(world)
    points_half_spent(world)

    result = run("verify")

    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert [line.split()[:2] for line in lines[:-1]] == [
        [f"I{number}", "나이" if number == 8 else "맞음"] for number in (*range(1, 13), 12)
    ]
    assert lines[0] == "I1  맞음  장부 기록 5건이 저마다 합쳐서 0원이에요 (5 entries balance)"
    assert lines[7].startswith("I8  나이  clear:toss 4,000원")
    assert lines[-1].startswith("모두 맞아요 (all is well)")


def test_a_breach_is_told_with_what_should_stand_there_and_ends_with_1(world: World) -> None:
    placed = over(world)
    by_hand("UPDATE payments_payment SET captured_won = captured_won + 7")

    result = run("verify")

    assert result.exit_code == 1
    assert f"payment:{placed.ref}: 4007 이어야 하는데 4000 in the book" in result.output
    assert f"tender:{placed.ref}:card: 20000 이어야 하는데 20007 at the gateway" in result.output
    assert "틀린 곳 2군데 (2 breaches)" in result.output


def test_the_answer_as_json_has_exactly_the_promised_shape(world: World) -> None:
    placed = over(world)
    by_hand("UPDATE payments_payment SET captured_won = captured_won + 7")

    result = run("verify", "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert set(told) == {"ok", "invariants", "clearing", "seconds"}
    assert told["ok"] is False
    wrong = [one for one in told["invariants"] if one["breaches"]]
    breaches = [
        {"subject": f"payment:{placed.ref}", "expected": "4007", "found": "4000 in the book"},
        {"subject": f"tender:{placed.ref}:card", "expected": "20000", "found": "20007 at the gateway"},
    ]
    assert wrong == [{"name": "I5", "checked": 1, "breaches": breaches}]
    assert [(one["account"], one["won"]) for one in told["clearing"]] == [("clear:toss", 4_000)]


def test_every_invariant_has_its_words() -> None:
    assert {one.name for one in INVARIANTS} | {"I12 closed"} == set(ledger_words.INVARIANTS)


@pytest.mark.parametrize("name", ["number", "ref", "token"])
def test_an_order_is_found_by_any_of_its_names_and_its_money_told_in_sequence(world: World, name: str) -> None:
    placed = over(world)
    with in_market(world.market.pk):
        found = Order.objects.get(pk=placed.order_id)

    result = run("show", str(getattr(found, name)))

    said = [line.strip().partition("  ")[2] for line in result.output.splitlines()[1:]]
    assert result.exit_code == 0
    assert said[:7] == [
        f"{found.number}번 주문을 했어요",
        "낼 돈: 카드 20,000원",
        "결제사(toss)에서 20,000원을 받았어요",
        "16,000원을 돌려주기로 했어요: 점포가 받지 못했어요",
        "결제사(toss) 쪽으로 16,000원이 돌아갔어요",
        "건네줬어요: 두부가게 줄 돈 4,000원",
        "",
    ]
    assert "+4,000원  결제사(toss)" in result.output
    assert "-4,000원  두부가게 줄 돈" in result.output


def test_the_story_as_json_sums_to_zero(world: World) -> None:
    placed = paid(world)

    told = json.loads(run("show", placed.ref, "--json").stdout)

    (story,) = told["orders"]
    assert (story["ref"], story["number"], story["state"]) == (placed.ref, placed.number, "placed")
    assert [event["won"] for event in story["events"] if event["won"]] == [20_000]
    assert sum(story["sums"].values()) == 0


def test_money_that_a_stall_took_itself_is_told_as_such(world: World) -> None:
    placed = order(world, (world.tofu, 1))
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id)
        for deed in (accept_part, ready_part, hand_over_part):
            deed(market=world.market, actor=SYSTEM, part_id=part.pk)

    assert "건네줬어요: 두부가게 받은 현금 2,000원" in run("show", placed.ref).output


def test_an_old_reference_that_begins_with_a_dash_is_found(world: World) -> None:
    placed = order(world, (world.tofu, 1))
    with in_market(world.market.pk):
        Order.objects.filter(pk=placed.order_id).update(ref="-gZEG8H5nBwE0QGhXGbbOw")

    told = json.loads(run("show", "-gZEG8H5nBwE0QGhXGbbOw", "--json").stdout)

    assert [story["ref"] for story in told["orders"]] == ["-gZEG8H5nBwE0QGhXGbbOw"]


def test_an_order_that_is_not_there_is_said_not_to_be(world: World) -> None:
    result = run("show", "99999")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "그런 주문이 없어요" in result.stderr
