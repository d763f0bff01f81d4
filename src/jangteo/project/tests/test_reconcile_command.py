from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from jangteo.project.cli import reconcile
from tests.real_data import real_data

PARTS = ("orders", "order_items", "order_payments")
ITEMS = "order_id,order_item_id,price,freight_value\no1,1,10.00,1.00\no2,1,5.00,0.00\n"
PAYMENTS = (
    "order_id,payment_sequential,payment_type,payment_value\no1,1,card,11.00\no2,1,voucher,4.00\no2,2,card,1.00\n"
)


@pytest.fixture
def run() -> CliRunner:
    return CliRunner()


def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    reconcile.register(made)
    return made


def files(folder: Path, payments: str = PAYMENTS) -> list[str]:
    for name, text in (("items.csv", ITEMS), ("payments.csv", payments)):
        (folder / name).write_text(text)
    return [str(folder / name) for name in ("items.csv", "payments.csv")]


def test_real_orders_without_a_market_or_a_database(run: CliRunner) -> None:
    given = [str(real_data(f"olist/{part}.csv")) for part in PARTS]

    done = run.invoke(app(), ["reconcile", *given, "--json"])

    told = json.loads(done.stdout)
    counts = {kind: len(rows) for kind, rows in told["breaks"].items()}
    assert done.exit_code == 1
    assert told["orders"] == 10_000
    assert counts == {"amount": 28, "no_items": 111, "missing_here": 0, "missing_there": 0, "fee": 0, "late": 0}
    assert [(one["kind"], one["rows"]) for one in told["files"]] == [
        ("orders", 10_000),
        ("order_items", 11_252),
        ("order_payments", 10_515),
    ]


def test_what_agrees_ends_with_zero_and_says_what_was_read(run: CliRunner, tmp_path: Path) -> None:
    done = run.invoke(app(), ["reconcile", *files(tmp_path)])

    assert done.exit_code == 0
    assert "payments.csv: 주문 결제, 3줄 (utf-8)" in done.stdout
    assert "모두 맞아요" in done.stdout


def test_what_differs_ends_with_one_and_names_it(run: CliRunner, tmp_path: Path) -> None:
    done = run.invoke(app(), ["reconcile", *files(tmp_path, PAYMENTS.replace("11.00", "12.50"))])

    assert done.exit_code == 1
    assert "금액이 달라요" in done.stdout
    assert "1.50" in done.stdout


@pytest.mark.parametrize("which", [["items.csv"], ["nothing.csv"]])
def test_what_cannot_be_compared_ends_with_two(run: CliRunner, tmp_path: Path, which: list[str]) -> None:
    files(tmp_path)

    done = run.invoke(app(), ["reconcile", *(str(tmp_path / name) for name in which), "--json"])

    assert done.exit_code == 2
    assert json.loads(done.stdout)["refused"]["reason"]
