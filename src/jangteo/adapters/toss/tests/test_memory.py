from __future__ import annotations

from pathlib import Path

from jangteo.adapters.toss.simulator.book import Book, CancelRequest, Order
from jangteo.adapters.toss.simulator.memory import Memory
from jangteo.kernel.clock import now

WINDOW = Order("order-1", "장보기", 10_000, 2_000, "http://s/", "http://s/")


def book_over(file: Path) -> Book:
    memory = Memory(file)
    return Book(clock=now, seed=None, changed=memory.note, known=memory.read())


def taken(file: Path) -> str:
    """A payment that was confirmed, and of which a part went back."""
    book = book_over(file)
    key = book.authenticate(book.open(WINDOW).payment_key).payment_key
    book.confirm(key, "order-1", 10_000)
    book.cancel(key, CancelRequest("덜 드려요", 3_000, 500))
    return key


def test_a_payment_outlives_the_process(tmp_path: Path) -> None:
    key = taken(tmp_path / "toss.jsonl")

    book = book_over(tmp_path / "toss.jsonl")
    known = book.find(key)

    assert (known.status, known.balance_won, known.tax_free_balance_won) == ("PARTIAL_CANCELED", 7_000, 1_500)
    assert [movement.won for movement in known.movements] == [10_000, -3_000]
    assert book.cancel(key, CancelRequest("모두", None, 1_500)).status == "CANCELED"
    assert [(one.payment_key, one.status) for one in Memory(tmp_path / "toss.jsonl").read()] == [(key, "CANCELED")]


def test_a_line_that_was_broken_off_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "toss.jsonl"
    key = taken(file)
    file.write_bytes(file.read_bytes()[:-40])

    assert [(one.payment_key, one.balance_won) for one in Memory(file).read()] == [(key, 10_000)]


def test_without_a_file_there_is_nothing_to_remember(tmp_path: Path) -> None:
    assert Memory(tmp_path / "new" / "toss.jsonl").read() == []
