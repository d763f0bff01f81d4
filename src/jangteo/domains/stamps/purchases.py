"""What a stamp is for, by the reference that no second stamp has."""

from __future__ import annotations

from dataclasses import dataclass

SALE, PART, VISIT, PAPER = "sale", "part", "visit", "paper"
MOST_KEY = 40


@dataclass(frozen=True, slots=True)
class Purchase:
    """`ref` names it ("sale:7"), `stall_id` is where, `won` what it came to; 0 where only a visit is known."""

    ref: str
    stall_id: int
    won: int = 0

    @property
    def is_visit(self) -> bool:
        return self.ref.startswith(f"{VISIT}:")


def sale_ref(sale_id: int) -> str:
    return f"{SALE}:{sale_id}"


def part_ref(part_id: int) -> str:
    return f"{PART}:{part_id}"


def visit_ref(key: str) -> str:
    """`key` is that of the form, so that a second press is the same visit."""
    return f"{VISIT}:{key[:MOST_KEY]}"


def paper_ref(user_id: int) -> str:
    return f"{PAPER}:{user_id}"


def id_of(ref: str, kind: str) -> int | None:
    """The number of a sale or a part in its reference; None for any other."""
    found, _, number = ref.partition(":")
    return int(number) if found == kind and number.isascii() and number.isdigit() and len(number) < 18 else None
