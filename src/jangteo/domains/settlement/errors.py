"""Why a file, a pay-out or a comparison was refused. Line numbers are those a person sees, from 1."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class SettlementRefused(Refused):
    code = "settlement.refused"


class FileUnknown(SettlementRefused):
    """No kind of file has these columns.

    Facts: file, nearest (the kind it resembles most, or ""), missing (that kind's columns that are not there),
    found (the headings that are).
    """

    code = "settlement.file_unknown"


class FileStrange(FileUnknown):
    """No kind of file has half of its columns. Facts as of FileUnknown."""

    code = "settlement.file_strange"


class RowBroken(SettlementRefused):
    """A cell is not what its column holds. Facts: file, line, column (the heading)."""

    code = "settlement.row_broken"


class RowsContradict(SettlementRefused):
    """The same key stands there twice with other values. Facts: file, line, key."""

    code = "settlement.rows_contradict"


class NothingToCompare(SettlementRefused):
    """The files were read but nothing stands against them. Facts: have, wanted (kinds of files)."""

    code = "settlement.nothing_to_compare"


class LayoutBroken(SettlementRefused):
    """A bank's column map contradicts itself. Facts: layout, what."""

    code = "settlement.layout_broken"


class NothingToPay(SettlementRefused):
    code = "settlement.nothing_to_pay"


class LineNotPayable(SettlementRefused):
    """Facts: line (from 1), field ("bank_code", "account", "holder", "amount_won")."""

    code = "settlement.line_not_payable"


class LineTwice(SettlementRefused):
    """The same account, amount and memo twice in one pay-out. Facts: line, first."""

    code = "settlement.line_twice"


class ResultForeign(SettlementRefused):
    """The bank's answer names a payment that is not in the pay-out. Facts: file, line."""

    code = "settlement.result_foreign"


class ResultAmbiguous(SettlementRefused):
    """The bank's answer cannot be told apart between two lines of the pay-out. Facts: file, line."""

    code = "settlement.result_ambiguous"


class ResultUnknown(SettlementRefused):
    """The bank's word for how it ended is not in the layout. Facts: file, line, word."""

    code = "settlement.result_unknown"


class PeriodNotOver(SettlementRefused):
    """A period ends with a day that is over. Facts: last (ISO day)."""

    code = "settlement.period_not_over"


class NothingToSettle(SettlementRefused):
    """No money of a stall has moved since the last run."""

    code = "settlement.nothing_to_settle"


class RunUnderWay(SettlementRefused):
    """Another run waits for its approval. Facts: first, last (ISO days)."""

    code = "settlement.run_under_way"


class RunMoved(SettlementRefused):
    """The run is not where this step begins. Facts: state."""

    code = "settlement.run_moved"


class SamePerson(SettlementRefused):
    """The second yes must be somebody else's."""

    code = "settlement.same_person"


class NotApprover(SettlementRefused):
    """Only a manager releases money; a helper writes down and looks."""

    code = "settlement.not_approver"


class NoPayoutFile(SettlementRefused):
    """Nobody pays anything out in this mode."""

    code = "settlement.no_payout_file"


class NoPayoutGateway(SettlementRefused):
    """No gateway that pays out is set up, or in this market it does not pay."""

    code = "settlement.no_payout_gateway"


class BadPayee(SettlementRefused):
    """The gateway could not register the stall. Facts: field ("business_number", "phone", "email")."""

    code = "settlement.bad_payee"


class PayeeNotReady(SettlementRefused):
    """The gateway cannot pay these stalls yet. Facts: stall (the first one's name), count."""

    code = "settlement.payee_not_ready"


class MoneyElsewhere(SettlementRefused):
    """A part of what is to be paid lies with a gateway that does not pay out. Facts: gateway."""

    code = "settlement.money_elsewhere"


class GatewayAnswers(SettlementRefused):
    """How a pay-out ended is said by the gateway that makes it, not by a person."""

    code = "settlement.gateway_answers"


class TooLateToCallBack(SettlementRefused):
    """The gateway has begun to pay, or has ended."""

    code = "settlement.too_late_to_call_back"


class AccountMissing(SettlementRefused):
    """Facts: stall."""

    code = "settlement.account_missing"


class BadAccount(SettlementRefused):
    """Facts: field ("bank_code", "account", "holder")."""

    code = "settlement.bad_account"


class RegistrationMissing(SettlementRefused):
    """An association may not pay out without its registration (전자금융거래법 제28조)."""

    code = "settlement.registration_missing"


class BadTerms(SettlementRefused):
    """Facts: field."""

    code = "settlement.bad_terms"


class BookDoesNotFit(SettlementRefused):
    """What a stall's lines come to is not what its account says. Facts: stall_id, lines_won, book_won."""

    code = "settlement.book_does_not_fit"


class BreakUnowned(SettlementRefused):
    """The day has breaks that nobody looks after. Facts: day, count."""

    code = "settlement.break_unowned"


class BreaksOpen(SettlementRefused):
    """The period has breaks that are not solved. Facts: count."""

    code = "settlement.breaks_open"


class BreakSolved(SettlementRefused):
    code = "settlement.break_solved"


class NoteMissing(SettlementRefused):
    """A break is solved by saying how. Facts: most."""

    code = "settlement.note_missing"


class DayNotOver(SettlementRefused):
    """Facts: day."""

    code = "settlement.day_not_over"


class DayNotCompared(SettlementRefused):
    """Money moved through gateways whose report of the day stands against nothing, and nobody looks after it.
    Facts: day, gateways (their names).
    """

    code = "settlement.day_not_compared"


class DayOutOfOrder(SettlementRefused):
    """Days are closed one after the other. Facts: next (the ISO day that comes first)."""

    code = "settlement.day_out_of_order"
