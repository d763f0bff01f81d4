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


class UnknownAccount(LedgerRefused):
    """The code names no kind of account. Facts: account."""

    code = "ledger.unknown_account"


class InsufficientFunds(LedgerRefused):
    """A limited account would go below its floor, open holds counted. Facts: account, asked_won."""

    code = "ledger.insufficient_funds"


class HoldOver(LedgerRefused):
    """The hold was posted, voided or has expired before. Facts: key, state."""

    code = "ledger.hold_over"


class HoldTooSmall(LedgerRefused):
    """More is to be posted than was held. Facts: key, held_won, asked_won."""

    code = "ledger.hold_too_small"


class AlreadyReversed(LedgerRefused):
    """The entry was corrected before. Facts: key."""

    code = "ledger.already_reversed"


class WalletOff(LedgerRefused):
    """The market keeps no prepaid money, so none can be loaded. Facts: account."""

    code = "ledger.wallet_off"
