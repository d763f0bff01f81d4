"""What the practice gateway remembers from one start to the next: a line of JSON for every change of a payment."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from jangteo.adapters.toss.simulator.book import PracticePayment

_PAYMENT = TypeAdapter(PracticePayment)


class Memory:
    """One file, which is only added to; reading it leaves the last word on each payment."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)

    def read(self) -> list[PracticePayment]:
        """The payments as they stood last, oldest first. A line that a power cut broke off is left out."""
        if not self._file.exists():
            return []
        found: dict[str, PracticePayment] = {}
        for line in self._file.read_bytes().splitlines():
            try:
                payment = _PAYMENT.validate_json(line)
            except ValidationError:
                continue
            found[payment.payment_key] = payment
        self._shorten(found.values())
        return list(found.values())

    def note(self, payment: PracticePayment) -> None:
        """Add how it stands now."""
        with self._file.open("ab") as file:
            file.write(_line(payment))

    def _shorten(self, payments: Iterable[PracticePayment]) -> None:
        draft = self._file.with_suffix(".draft")
        draft.write_bytes(b"".join(map(_line, payments)))
        draft.replace(self._file)


def _line(payment: PracticePayment) -> bytes:
    return _PAYMENT.dump_json(payment) + b"\n"
