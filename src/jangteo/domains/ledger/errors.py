from __future__ import annotations

from jangteo.kernel.errors import Refused


class LedgerRefused(Refused):
    code = "ledger.refused"


class Unbalanced(LedgerRefused):
    """Facts: key, sum_won."""

    code = "ledger.unbalanced"


class KeyConflict(LedgerRefused):
    """The key names another entry already. Facts: key."""

    code = "ledger.key_conflict"
