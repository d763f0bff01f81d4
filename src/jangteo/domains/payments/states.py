"""The only ways a payment's state may change."""

from __future__ import annotations

from jangteo.domains.payments.models import Payment

S = Payment.State

TRANSITIONS: dict[str, frozenset[str]] = {
    S.CREATED: frozenset({S.REQUESTED, S.WAITING_DEPOSIT, S.CAPTURED, S.EXPIRED, S.FAILED, S.MISMATCH}),
    S.REQUESTED: frozenset({S.WAITING_DEPOSIT, S.CAPTURED, S.FAILED, S.UNKNOWN, S.EXPIRED, S.MISMATCH}),
    S.UNKNOWN: frozenset({S.WAITING_DEPOSIT, S.CAPTURED, S.FAILED, S.EXPIRED, S.MISMATCH}),
    S.FAILED: frozenset({S.REQUESTED, S.WAITING_DEPOSIT, S.CAPTURED, S.EXPIRED, S.MISMATCH}),
    S.WAITING_DEPOSIT: frozenset({S.CAPTURED, S.EXPIRED, S.MISMATCH}),
    # The gateway may prove a capture after we gave up; its answer wins.
    S.EXPIRED: frozenset({S.CAPTURED, S.MISMATCH}),
    # A bank may take its word about a deposit back.
    S.CAPTURED: frozenset({S.WAITING_DEPOSIT, S.PART_REFUNDED, S.REFUNDED}),
    S.PART_REFUNDED: frozenset({S.REFUNDED}),
    S.MISMATCH: frozenset({S.REFUNDED}),
    S.REFUNDED: frozenset(),
}

# A customer may still go to the gateway's window.
AUTHORISABLE = frozenset({S.CREATED, S.FAILED})
