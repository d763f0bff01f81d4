"""From which accounts of the ledger a stall's money is paid, and to which bank account."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.settlement.bankfiles.lines import PayoutLine
from jangteo.domains.settlement.models import PayoutAccount, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import Mode
from jangteo.kernel.money import split_won


def bank_account(market_id: int) -> str:
    """The association's own account at its bank."""
    return f"bank:{market_id}"


def payout_key(line: SettlementLine) -> str:
    """The ledger's key of a line's pay-out."""
    return f"payout:{line.run_id}:{line.stall_id}"


def gateway_parts(sources: Mapping[str, int], won: int) -> dict[str, int]:
    """An amount divided over the gateways that a stall's money came through, by how much each has of it."""
    weights = {account: abs(of) for account, of in sources.items() if of}
    if not won or not weights:
        return {}
    return dict(zip(weights, split_won(won, list(weights.values())), strict=True))


def paid_from(run: SettlementRun, line: SettlementLine) -> dict[str, int]:
    """What each account pays of the line's pay-out."""
    if run.mode == Mode.ASSOCIATION_PAYS:
        return {bank_account(run.market_id): line.payout_won}
    fees = gateway_parts(line.sources, line.gateway_fee_won)
    has = {account: max(won - fees.get(account, 0), 0) for account, won in line.sources.items()}
    return gateway_parts(has, line.payout_won)


def payout_line(line: SettlementLine, account: PayoutAccount) -> PayoutLine:
    """The line as the bank is told; its memo tells two pay-outs of one amount to one account apart."""
    memo = f"정산 {line.run_id}-{line.stall_id}"
    return PayoutLine(account.bank_code, account.number, account.holder, line.payout_won, memo)
