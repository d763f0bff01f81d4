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


CHECKED = (
    "대사상태,거래구분,거래일,고객사 거래번호,PG 거래번호,거래 통화,거래 금액(PG)\n"
    "대사일치,승인,2026-11-20,o1,p1,KRW,30000\n"
)
SETTLED = (
    "거래구분,거래일,정산일,고객사 거래번호,PG 거래번호,거래 금액(PG),정산 통화,정산 금액,PG 수수료,PG 수수료 부가세\n"
    "승인,2026-11-20,2026-11-24,o1,p1,30000,KRW,29339,600,60\n"
)
BANK = "거래일시,입금액,출금액,거래내용\n2026-11-24 10:00,9000,,김순자\n"


def write(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="cp949")
    return [str(folder / f"{name}.csv") for name in texts]


def test_files_of_portones_console_are_known_and_told_by_name(run: CliRunner, tmp_path: Path) -> None:
    given = write(tmp_path, checked=CHECKED, settled=SETTLED)

    said = run.invoke(app(), ["reconcile", *given]).stdout
    told = json.loads(run.invoke(app(), ["reconcile", *given, "--json"]).stdout)

    assert "checked.csv: 포트원 PG 거래대사, 1줄 (cp949)" in said
    assert "settled.csv: 포트원 PG 정산내역, 1줄 (cp949)" in said
    assert list(told) == ["files", "orders", "breaks"]
    assert list(told["breaks"]) == ["amount", "no_items", "missing_here", "missing_there", "fee", "late"]
    assert [(one["order"], one["here"], one["there"]) for one in told["breaks"]["fee"]] == [("o1", 660, 661)]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"bank": BANK},
            "맞춰 볼 짝이 없어요. 있는 것: 은행 거래 내역. 더 올려야 할 것: 결제사 정산 내역, 포트원 PG 정산내역.",
        ),
        (
            {"checked": CHECKED, "bank": BANK},
            "맞춰 볼 짝이 없어요. 있는 것: 포트원 PG 거래대사. 더 올려야 할 것: 포트원 PG 정산내역.",
        ),
        (
            {"bank": "거래일시,입금액,거래내용\n2026-11-24 10:00,9000,김순자\n"},
            "‘bank.csv’, 어떤 파일인지 알 수 없어요. 가장 비슷한 것: 은행 거래 내역. 없는 칸: 출금액."
            " 다른 파일을 골라 주세요.",
        ),
        (
            {"people": "이름,전화\n김순자,010\n"},
            "‘people.csv’, 맞춰 볼 수 있는 파일이 아니에요. 결제사·은행·상품권 화면에서 받은 거래 내역을 골라 주세요.",
        ),
        (
            {"checked": CHECKED.replace("KRW", "USD")},
            "‘checked.csv’ 파일 2줄의 ‘거래 통화’ 칸을 읽을 수 없어요. 고쳐서 다시 올려 주세요.",
        ),
    ],
)
def test_a_wrong_file_is_answered_with_what_it_is_or_lacks(
    run: CliRunner, tmp_path: Path, files: dict[str, str], sentence: str
) -> None:
    done = run.invoke(app(), ["reconcile", *write(tmp_path, **files), "--json"])

    assert done.exit_code == 2
    assert json.loads(done.stdout)["refused"]["reason"] == sentence
