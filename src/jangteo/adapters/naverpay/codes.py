"""Which result codes of a Naver Pay approval are a final no.

The documentation that was read shows `{code, message, body}` with the code Success. The other names are those that
published integrations repeat from it, so only those are final that say by themselves that nothing was taken. Fail,
AlreadyOnGoing, AlreadyComplete, ProcessingTimeOut and the maintenance codes are left out: behind them money may have
moved, and there is nothing to ask.
"""

from __future__ import annotations

SUCCESS = "Success"

FINAL = frozenset({"NotEnoughAccountBalance", "OwnerAuthFail", "TimeExpired", "UserCancel"})
