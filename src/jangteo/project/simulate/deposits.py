"""Payment into an account issued for it: deposits that come in time, late, are taken back, or must be sent on."""

from __future__ import annotations

from collections.abc import Callable

from jangteo.adapters.toss.simulator.book import Refusal
from jangteo.domains.payments.actions.give_refund_account import give_refund_account
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.ports import BankAccount, PayBy
from jangteo.kernel import clock
from jangteo.project.simulate.gateways import CUSTOMER
from jangteo.project.simulate.stage import Stage
from jangteo.project.simulate.windows import any_of

THEIRS = BankAccount("004", "123456789012", "모의")


def _at_the_bank(deed: Callable[[], None]) -> bool:
    """False for what no bank would do now."""
    try:
        deed()
    except Refusal:
        return False
    return True


def deposit(stage: Stage) -> bool:
    """The customer pays at a bank, in time or not; nobody tells us yet."""
    waiting = Payment.objects.filter(pay_by=PayBy.ACCOUNT, captured_won=0, payment_key__isnull=False).order_by("pk")
    if (payment := any_of(stage, list(waiting))) is None:
        return False
    bank, late = stage.practices.toss.simulator, payment.expires_at < clock.now()
    return _at_the_bank(lambda: bank.deposit(str(payment.payment_key), late=late))


def take_back(stage: Stage) -> bool:
    """The bank takes its word back, perhaps when stalls have handed things over already.

    The gateway writes until it is heard, and that may be in the end only.
    """
    paid = Payment.objects.filter(pay_by=PayBy.ACCOUNT, captured_won__gt=0, refunded_won=0).order_by("pk")
    if (payment := any_of(stage, list(paid))) is None:
        return False
    if not _at_the_bank(lambda: stage.practices.toss.simulator.undo_deposit(str(payment.payment_key))):
        return False
    stage.letters.append(stage.practices.toss.letter(payment, "WAITING_FOR_DEPOSIT", stage.number()))
    stage.unheard.append(stage.letters[-1])
    return True


def say_where_to(stage: Stage) -> bool:
    """Customers whose deposit has to go back name an account of theirs."""
    waiting = Refund.objects.filter(payment__pay_by=PayBy.ACCOUNT, state=Refund.State.QUEUED)
    refs = waiting.filter(payment__refund_account=None).order_by("payment__order_ref")
    found = list(refs.values_list("payment__order_ref", flat=True).distinct())
    for order_ref in found:
        give_refund_account(market=stage.market, actor=CUSTOMER, order_ref=order_ref, account=THEIRS)
    return bool(found)
